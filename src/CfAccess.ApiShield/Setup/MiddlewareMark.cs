namespace CfAccess.ApiShield.Setup;

/// <summary>Remembers whether the middleware was put into a pipeline.</summary>
internal sealed class MiddlewareMark
{
    public bool IsUsed { get; set; }
}
