using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CfAccess.Shared.Http;

namespace CfAccess.AspNetCore.Teams;

/// <summary>Turns what a user writes for a team into its issuer, which is also the origin of its keys.</summary>
internal static class TeamDomain
{
    private const string Scheme = "https://";
    private const string Suffix = ".cloudflareaccess.com";
    private const string FedRamp = ".fed";

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool TryGetIssuer(string? value, bool allowCustom, bool isDevelopment, [NotNullWhen(true)] out string? issuer)
    {
        var text = value?.Trim() ?? string.Empty;
        issuer = CloudflareIssuer(text) ?? (allowCustom ? CustomIssuer(text, isDevelopment) : null);
        return issuer is not null;
    }

    /// <summary>What a user would write for an issuer: <c>acme</c>, or the whole origin of a team that is not at Cloudflare.</summary>
    public static string ShortName(string issuer) => IsCloudflare(issuer) ? issuer[Scheme.Length..^Suffix.Length] : issuer;

    public static bool IsCloudflare(string issuer) => CloudflareIssuer(issuer) is not null;

    private static string? CloudflareIssuer(string text)
    {
        var name = text.ToLowerInvariant().AsSpan();
        if (name.StartsWith(Scheme))
        {
            name = name[Scheme.Length..];
        }

        if (name.EndsWith("/"))
        {
            name = name[..^1];
        }

        if (name.EndsWith(Suffix))
        {
            name = name[..^Suffix.Length];
        }
        else if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var team = name.EndsWith(FedRamp) ? name[..^FedRamp.Length] : name;
        return IsHostLabel(team) ? $"{Scheme}{name}{Suffix}" : null;
    }

    /// <summary>Source: RFC 1123, section 2.1, and RFC 1035, section 2.3.4.</summary>
    private static bool IsHostLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && !label.ContainsAnyExcept(LabelCharacters);

    private static string? CustomIssuer(string text, bool isDevelopment)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.UserInfo.Length > 0
            || text.AsSpan().ContainsAny("\\?#@")
            || uri.PathAndQuery != "/")
        {
            return null;
        }

        var isAllowed = PrivateTransport.Protects(uri) || (uri.Scheme == Uri.UriSchemeHttp && isDevelopment);
        return isAllowed ? uri.GetLeftPart(UriPartial.Authority) : null;
    }
}
