using FsCheck;
using FsCheck.Fluent;

namespace CfAccess.Testing.Properties;

/// <summary>Generates what requests carry: about seven in ten start from a good token, and some are one.</summary>
public static class AttemptGen
{
    private const string CookieName = "CF_Authorization=";

    /// <param name="seed">Decides which tokens are changed and signed again.</param>
    /// <param name="signatures">How many are: signing is slow, so attempts share them, and change them further without.</param>
    public static Gen<Attempt> Attempts(ulong seed, int signatures)
    {
        string[] good = [TokenRecipe.Person.Mint(), TokenRecipe.Service.Mint()];
        var resigned = RecipeGen.Mint(seed, signatures);
        var goodToken = Gen.Elements(good);
        var resignedToken = Gen.Elements(resigned);
        var fromGood = Gen.Frequency(
            (1, goodToken),
            (8, resignedToken),
            (8, goodToken.SelectMany(StringGen.OneCharacterOff)),
            (2, resignedToken.SelectMany(token => token.Split('.') is [_, _, _] ? StringGen.OneCharacterOff(token) : Gen.Constant(token))),
            (4, goodToken.Zip(resignedToken).SelectMany(pair => StringGen.SegmentsSwapped(pair.Item1, pair.Item2))),
            (1, resignedToken.Two().SelectMany(pair => StringGen.SegmentsSwapped(pair.Item1, pair.Item2))));
        return Gen.Frequency((7, fromGood.SelectMany(token => Carried(token, true, good[0]))),
            (3, StringGen.FromNothing.SelectMany(token => Carried(token, false, good[0]))));
    }

    private static Gen<Attempt> Carried(string token, bool startsFromGood, string good) => Gen.Frequency(
        (12, Gen.Constant(new Attempt(token, null, startsFromGood))),
        (1, Gen.Constant(new Attempt(token, CookieName + good, startsFromGood))),
        (4, Gen.Constant(new Attempt(null, CookieName + token, startsFromGood))),
        (1, Gen.Constant(new Attempt(null, token, startsFromGood))),
        (3, Cookies(token, good).Select(cookie => new Attempt(null, cookie, startsFromGood))));

    private static Gen<string> Cookies(string token, string good) => Gen.Elements(
        $"a=b; {CookieName}{token}; c=d",
        $"{CookieName};{CookieName}{token}",
        $"{CookieName}{token};{CookieName}{token}",
        $"{CookieName}{token}; {CookieName}{good}",
        $"  {CookieName}{token}\t;",
        $"CF_authorization={token}",
        $"{CookieName}\"{token}\"",
        $"{CookieName}={token}",
        $"x{CookieName}{token}",
        $"{CookieName} {token}");
}
