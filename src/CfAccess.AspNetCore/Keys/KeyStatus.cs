namespace CfAccess.AspNetCore.Keys;

/// <summary>What is known of a key id.</summary>
internal enum KeyStatus
{
    /// <summary>The key is in a trusted set.</summary>
    Found,

    /// <summary>A trusted set is held, it is current as far as can be told, and the key is not in it.</summary>
    Unknown,

    /// <summary>A trusted set is held and the key is not in it, but the set could not be fetched anew.</summary>
    NotCurrent,

    /// <summary>No trusted set is held.</summary>
    Unavailable,
}
