using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class ReferenceTests
{
    [Fact]
    public void An_expression_tells_what_it_names_and_where()
    {
        const string Text = "is_jwt_valid(\"a\") or http.request.headers[\"X-Y\"][0] eq \"v\" and http.request.cookies[\"C\"][1] ne \"\" "
            + "or lookup_json_string(http.request.jwt.claims[\"b\"][0], \"n\") eq \"x\" or is_jwt_present(r\"a\")";
        Parsed.Of(Text).References.ShouldBe(
        [
            new(ExpressionReferenceKind.Configuration, "a", 13),
            new(ExpressionReferenceKind.Header, "X-Y", Text.IndexOf("\"X-Y\"", StringComparison.Ordinal)),
            new(ExpressionReferenceKind.Cookie, "C", Text.IndexOf("\"C\"", StringComparison.Ordinal)),
            new(ExpressionReferenceKind.Configuration, "b", Text.IndexOf("\"b\"", StringComparison.Ordinal)),
            new(ExpressionReferenceKind.Configuration, "a", Text.IndexOf("r\"a\"", StringComparison.Ordinal)),
        ]);
    }
}
