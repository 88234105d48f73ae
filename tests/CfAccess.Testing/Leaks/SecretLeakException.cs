namespace CfAccess.Testing.Leaks;

/// <summary>A host told what no log, metric or trace may hold, or logged what the documentation does not know.</summary>
public sealed class SecretLeakException(string message) : Exception(message);
