using FsCheck;
using FsCheck.Fluent;

namespace CfAccess.Testing.Properties;

/// <summary>
/// Generates tokens that start from a good one: a member added, removed, doubled, renamed or changed, or the text around the members,
/// and signed again with the real key or another.
/// </summary>
internal static class RecipeGen
{
    private static readonly Gen<TestKey> Signers =
        Gen.Frequency((8, Gen.Constant(FixedKeys.Current)), (1, Gen.Constant(FixedKeys.Previous)), (1, Gen.Constant(FixedKeys.Stranger)));

    public static Gen<TokenRecipe> Recipes { get; } =
        from start in Gen.Elements(TokenRecipe.Person, TokenRecipe.Service)
        from signer in Signers
        from ownsUp in Gen.Frequency((1, Gen.Constant(true)), (1, Gen.Constant(false)))
        from changed in Gen.Frequency(
            (3, Decided(start)),
            (3, Changed(start.Header, MemberGen.HeaderNames).Select(header => start with { Header = header })),
            (7, Changed(start.Payload, MemberGen.PayloadNames).Select(payload => start with { Payload = payload })),
            (1, Gen.Constant(start)))
        let signed = changed with { Signer = signer }
        select ownsUp && signer != FixedKeys.Current ? NamingSigner(signed) : signed;

    /// <summary>The tokens of a seed, signed.</summary>
    public static string[] Mint(ulong seed, int count) => [.. Recipes.Sample(count, new Rnd(seed), 20).Select(recipe => recipe.Mint())];

    /// <summary>One of the claims that decide is another.</summary>
    private static Gen<TokenRecipe> Decided(TokenRecipe start) =>
        from name in Gen.Elements("aud", "iss", "exp", "nbf", "iat", "type")
        from value in MemberGen.ValuesOf(name)
        select start with { Payload = start.Payload.With(name, value) };

    private static TokenRecipe NamingSigner(TokenRecipe recipe) =>
        recipe with { Header = recipe.Header.With("kid", $"\"{recipe.Signer.Kid}\"") };

    private static Gen<JsonText> Changed(JsonText json, Gen<string> names)
    {
        var index = Gen.Choose(0, json.Members.Count - 1);
        return Gen.Frequency(
            (6, from at in Gen.Choose(0, json.Members.Count)
                from name in names
                from value in MemberGen.ValuesOf(name)
                select json.Insert(at, name, value)),
            (6, from at in index
                from value in MemberGen.ValuesOf(json.Members[at].Name)
                select json.At(at, json.Members[at] with { Value = value })),
            (2, index.Select(at => json with { Members = json.Members.RemoveAt(at) })),
            (1, from at in index
                from to in Gen.Choose(0, json.Members.Count)
                from same in Gen.Elements(true, false)
                from value in same ? Gen.Constant(json.Members[at].Value) : MemberGen.ValuesOf(json.Members[at].Name)
                select json.Insert(to, json.Members[at].Name, value)),
            (1, from at in index
                from name in names
                select json.At(at, json.Members[at] with { Name = name })),
            (1, Gen.Elements("\ufeff{", " {", "\n{", "[{", "", "{,", "/**/{", "\0{").Select(open => json with { Open = open })),
            (1, Gen.Elements("} ", "}\n", "}}", "", "}x", "}]", ",}", "}//", "}\0", "}{}").Select(close => json with { Close = close })),
            (1, Gen.Shuffle(json.Members.ToArray()).Select(members => json with { Members = [.. members] })));
    }
}
