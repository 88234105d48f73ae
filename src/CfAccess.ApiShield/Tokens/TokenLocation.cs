using System.Diagnostics.CodeAnalysis;
using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Expressions.Operands;
using CfAccess.ApiShield.Expressions.Syntax;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tokens;

/// <summary>
/// A token source of a configuration: <c>http.request.headers["…"][n]</c> or <c>http.request.cookies["…"][n]</c>. Source:
/// https://developers.cloudflare.com/api-shield/security/jwt-validation/configure/, token_sources.
/// </summary>
internal sealed class TokenLocation
{
    private readonly IndexedField _field;

    private TokenLocation(IndexedField field) => _field = field;

    public bool IsCookie => _field.IsCookie;

    /// <summary>The name of the header or cookie.</summary>
    public string Name => _field.Name;

    public static bool TryParse(
        string text, [NotNullWhen(true)] out TokenLocation? location, [NotNullWhen(false)] out ExpressionError? error)
    {
        var reader = new LexemeReader(text);
        var field = new OperandParser(reader).ParseIndexed();
        if (field is not null && reader.Current.Kind != LexemeKind.End)
        {
            reader.Fail(reader.Current, "A token source is one header or cookie, and nothing after it");
        }

        error = reader.Error;
        location = error is null ? new TokenLocation(field!) : null;
        return error is null;
    }

    /// <returns>The token that stands there, without <c>Bearer</c>; nothing if there is none.</returns>
    public string? Find(HttpRequest request)
    {
        if (!IsCookie)
        {
            return RequestValues.TryGetHeader(request, Name, _field.Index, out var header) ? BearerPrefix.Strip(header, header) : null;
        }

        return RequestValues.TryGetCookie(request, Name, _field.Index, out var cookie) ? BearerPrefix.Strip(cookie) : null;
    }

    /// <summary>The source in its one spelling.</summary>
    public override string ToString() => _field.ToString();
}
