namespace CfAccess.ApiShield.Documents;

/// <summary>Cloudflare's limits, in characters and items.</summary>
internal static class DocumentLimits
{
    public const int Title = 50;
    public const int Description = 500;
    public const int Configurations = 4;
    public const int TokenSources = 4;
}
