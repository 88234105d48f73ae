namespace CfAccess.AspNetCore.Sharing;

/// <summary>What an instance stored for the others, and when it was retrieved.</summary>
internal readonly record struct SharedEntry(ReadOnlyMemory<byte> Content, DateTimeOffset RetrievedAt);
