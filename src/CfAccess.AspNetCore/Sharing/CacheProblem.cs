namespace CfAccess.AspNetCore.Sharing;

/// <summary>Why the distributed cache could not be used: a sentence without its end, and the exception if the cache threw one.</summary>
internal sealed record CacheProblem(string Message, Exception? Exception = null);
