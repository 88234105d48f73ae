namespace CfAccess.Shared.Jwt;

/// <summary>Why the payload of a token cannot be used.</summary>
internal enum PayloadProblem
{
    /// <summary>It is not one JSON object, has a member twice, or has a string that matters and is not valid Unicode.</summary>
    Malformed,

    /// <summary>A member does not have the shape that it must have.</summary>
    InvalidMember,
}
