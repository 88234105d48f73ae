namespace CfAccess.Testing.Leaks;

/// <summary>What an event may tell, since it does not come from a client there.</summary>
[Flags]
public enum Excuse
{
    None = 0,

    /// <summary>The <c>kid</c> of a key.</summary>
    Kid = 1,

    /// <summary>The Client ID of a service token.</summary>
    ClientId = 2,
}
