namespace CfAccess.Emulator.Endpoints;

/// <summary>An answer of the team domain, to be sent over HTTP or given in-process.</summary>
internal readonly record struct TeamAnswer(int Status, string ContentType, string Body);
