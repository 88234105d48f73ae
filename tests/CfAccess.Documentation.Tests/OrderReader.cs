using System.Security.Claims;
using CfAccess.AspNetCore;

namespace CfAccess.Documentation.Tests;

public sealed class OrderReader(ICloudflareAccessTokenValidator tokens)
{
    public async Task<string> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateAsync(token, cancellationToken: cancellationToken);
        if (result.Succeeded)
        {
            return $"An order of {result.Principal.GetAccessEmail()}, good until {result.ExpiresUtc:u}.";
        }

        return result.RetryAfter is { } delay
            ? $"Put it back for {delay.TotalSeconds:0} s: there are no keys to judge it with."
            : $"Refused: {result.ReasonWord}.";
    }
}
