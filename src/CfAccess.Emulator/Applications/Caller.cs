namespace CfAccess.Emulator.Applications;

/// <summary>Who asks: a person, a service, or nobody that the edge knows.</summary>
/// <param name="Person">The person.</param>
/// <param name="ServiceToken">The service.</param>
/// <param name="Passed">The policies whose External Evaluation said yes; none passes all.</param>
internal readonly record struct Caller(
    AccessEmulatorPerson? Person, AccessEmulatorServiceToken? ServiceToken, IReadOnlySet<AccessEmulatorPolicy>? Passed)
{
    public static Caller Of(AccessEmulatorSession? session) => new(session?.Person, session?.ServiceToken, session?.Passed);
}
