using System.Security.Claims;

namespace CfAccess.AspNetCore.Tests;

public sealed class TokenResultTests
{
    [Fact]
    public void Results_can_be_made_for_tests_of_other_code()
    {
        var accepted = AccessTokenResult.Accepted(new ClaimsPrincipal(), DateTimeOffset.UnixEpoch);
        var refused = AccessTokenResult.Refused(AccessFailureReason.KeysUnavailable, TimeSpan.FromSeconds(3));

        (accepted.Succeeded, accepted.ExpiresUtc).ShouldBe((true, DateTimeOffset.UnixEpoch));
        (refused.Succeeded, refused.ReasonWord, refused.RetryAfter).ShouldBe((false, "keys_unavailable", TimeSpan.FromSeconds(3)));
        Should.Throw<ArgumentOutOfRangeException>(() => AccessTokenResult.Refused(0));
    }
}
