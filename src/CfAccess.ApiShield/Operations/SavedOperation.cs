namespace CfAccess.ApiShield.Operations;

/// <summary>An operation with its templates read.</summary>
/// <param name="Index">Its place in the document.</param>
/// <param name="Document">What the document says, with host and endpoint as they were normalized.</param>
/// <param name="Host">The host.</param>
/// <param name="Path">The path.</param>
internal sealed record SavedOperation(int Index, ApiShieldOperation Document, HostTemplate Host, PathTemplate Path)
{
    private readonly ulong _hostLiterals = Host.Literals;
    private readonly ulong _pathLiterals = Path.Literals;

    public Specificity Specificity(bool isOwnMethod) => new(_hostLiterals, _pathLiterals, isOwnMethod);
}
