using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CfAccess.ApiShield.Tokens;

namespace CfAccess.ApiShield;

/// <summary>What became of a request's token by one token configuration. No record: its text would hold the token.</summary>
public sealed class JwtVerdict
{
    private static readonly JwtVerdict[] Refusals =
        [.. Enum.GetValues<JwtFailureReason>().OrderBy(reason => reason).Select(reason => new JwtVerdict(reason))];

    private readonly string? _token;
    private StrongBox<JsonElement>? _claims;

    private JwtVerdict(JwtFailureReason reason) => FailureReason = reason;

    private JwtVerdict(string token) => _token = token;

    /// <summary>Whether the request has a token, valid or not.</summary>
    public bool IsPresent => FailureReason != JwtFailureReason.NoToken;

    /// <summary>Whether the token is signed with a key of the configuration, and its time is now.</summary>
    public bool IsValid => FailureReason is null;

    /// <summary>Why there is no valid token; <see langword="null"/> if there is one.</summary>
    public JwtFailureReason? FailureReason { get; }

    /// <summary>
    /// The payload of the valid token: a JSON object, all of whose claims are signed. Of them only <c>exp</c> and <c>nbf</c> were checked, not
    /// <c>iss</c>, <c>aud</c>, <c>iat</c> or <c>sub</c>
    /// (https://developers.cloudflare.com/api-shield/security/jwt-validation/). Read when it is first asked for.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no valid token.</exception>
    public JsonElement Claims => (_claims ??= new StrongBox<JsonElement>(ReadClaims())).Value;

    internal static JwtVerdict Valid(string token) => new(token);

    internal static JwtVerdict Refused(JwtFailureReason reason) => Refusals[(int)reason - 1];

    /// <summary>The text of a claim; nothing if there is no valid token, no such claim, or it is no string.</summary>
    internal string? FindText(string claim) =>
        IsValid && Claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonElement ReadClaims()
    {
        if (_token is null)
        {
            throw new InvalidOperationException(
                $"The request has no valid token ({JwtFailureWords.Of(FailureReason!.Value)}), so there are no claims. Ask {nameof(IsValid)} first.");
        }

        // The token's form was checked before its signature.
        var payload = _token.AsSpan((_token.IndexOf('.', StringComparison.Ordinal) + 1).._token.LastIndexOf('.'));
        return JsonElement.Parse(Base64Url.DecodeFromChars(payload));
    }
}
