namespace CfAccess.Testing.Leaks;

/// <summary>A log, metric or trace of a host held a secret.</summary>
public sealed class SecretLeakException(string message) : Exception(message);
