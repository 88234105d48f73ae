namespace CfAccess.Emulator.Applications;

/// <summary>Who asks: a person, a service, or nobody that the edge knows.</summary>
internal readonly record struct Caller(AccessEmulatorPerson? Person, AccessEmulatorServiceToken? ServiceToken)
{
    public static Caller Of(AccessEmulatorSession? session) => new(session?.Person, session?.ServiceToken);
}
