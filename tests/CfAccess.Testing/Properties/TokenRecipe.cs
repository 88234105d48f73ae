
namespace CfAccess.Testing.Properties;

/// <summary>A token before it is signed: its two objects, and the key that signs them.</summary>
public sealed record TokenRecipe(JsonText Header, JsonText Payload, TestKey Signer)
{
    private static readonly TokenMinter Minter = new(new TestClock(), FixedKeys.Current);

    /// <summary>A person's token, on the manual clock as it starts.</summary>
    public static TokenRecipe Person { get; } = new(JsonText.Of(Minter.Header()), JsonText.Of(Minter.Person()), FixedKeys.Current);

    /// <summary>A service's token, on the manual clock as it starts.</summary>
    public static TokenRecipe Service { get; } = Person with { Payload = JsonText.Of(Minter.Service()) };

    public string Mint() => new TokenMinter(TimeProvider.System, Signer).Sign(Header.ToString(), Payload.ToString());
}
