using CfAccess.Testing.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>Generates tokens that everyone must accept, different in all that does not matter.</summary>
internal static class GoodSpecimens
{
    private static readonly string[] Harmless =
    [
        "\"x\"", "\"\"", "1", "-1.5", "1e400", "true", "null", "[]", "{}", "[1,\"a\",null]", "{\"a\":{\"b\":[1]}}", "{\"a\":1,\"a\":2}",
        "\"\\u0041\"",
    ];

    public static Gen<Specimen> All { get; } =
        from recipe in Gen.Elements(TokenRecipe.Person, TokenRecipe.Service)
        from signer in Gen.Elements(FixedKeys.Current, FixedKeys.Previous)
        from harmless in Gen.Elements(Harmless)
        from typ in Gen.Elements("\"JWT\"", "\"jwt\"", "\"at+jwt\"", null)
        from aud in Gen.Elements(Values.Audience, $"[{Values.Audience}]", $"[{Values.OtherAudience},{Values.Audience}]")
        from sincePast in Gen.Choose(0, 3600)
        from life in Gen.Choose(-59, 86_400)
        from members in Gen.Shuffle(recipe.Payload
            .With("aud", aud)
            .With("iat", Values.At(-sincePast))
            .With("exp", Values.At(life))
            .With("harmless", harmless)
            .Members.ToArray())
        let header = recipe.Header.With("kid", $"\"{signer.Kid}\"")
        select new Specimen(
            typ is null ? header.Without("typ") : header.With("typ", typ), WithFittingBegin(new JsonText([.. members]), sincePast), signer);

    /// <summary>The textbook wants a token that begins before it ends.</summary>
    private static JsonText WithFittingBegin(JsonText payload, int sincePast) =>
        payload.Has("nbf") ? payload.With("nbf", Values.At(-Math.Max(sincePast, 60))) : payload;
}
