using Microsoft.Extensions.Internal;

namespace CfAccess.AspNetCore.Identity;

/// <summary>The scheme's clock, as <c>MemoryCache</c> wants it.</summary>
internal sealed class CacheClock(TimeProvider timeProvider) : ISystemClock
{
    public DateTimeOffset UtcNow => timeProvider.GetUtcNow();
}
