namespace CfAccess.Emulator;

/// <summary>Whom an application lets in. A caller matches a policy who is in one of its lists.</summary>
public sealed class AccessEmulatorPolicy
{
    /// <summary>What the policy does for those who match it. Default: <see cref="AccessEmulatorPolicyAction.Allow"/>.</summary>
    public AccessEmulatorPolicyAction Action { get; init; }

    /// <summary>Everyone: every person who logs in, or with <c>ServiceAuth</c> every service token. Default: <see langword="false"/>.</summary>
    public bool Everyone { get; init; }

    /// <summary>E-mail addresses, compared without regard to case. For <c>Allow</c>. Default: none.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>
    /// What stands after the last <c>@</c>, whole, compared without regard to case; no subdomains. For <c>Allow</c>. Default: none.
    /// </summary>
    public IReadOnlyList<string> EmailDomains { get; init; } = [];

    /// <summary>Names of groups that people of the emulator are in, compared character for character. For <c>Allow</c>. Default: none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>
    /// An application that has to say yes at login, beside the lists; without any list it is asked about everybody. For <c>Allow</c>. A login in code
    /// (<see cref="AccessEmulator.LogIn(string, IEnumerable{string}?)"/>) and a minted token ask nobody. Default: none.
    /// </summary>
    public AccessEmulatorExternalEvaluation? ExternalEvaluation { get; init; }

    /// <summary>Client IDs of the emulator's service tokens, compared character for character. For <c>ServiceAuth</c>. Default: none.</summary>
    public IReadOnlyList<string> ServiceTokens { get; init; } = [];
}
