namespace CfAccess.ApiShield.Documents;

/// <summary>
/// Cloudflare's limits, in characters and items. Those of token configurations and keys are of 2026-08-27:
/// https://developers.cloudflare.com/changelog/.
/// </summary>
internal static class DocumentLimits
{
    public const int Title = 50;
    public const int Description = 500;
    public const int Configurations = 32;
    public const int Keys = 16;
    public const int TokenSources = 4;
}
