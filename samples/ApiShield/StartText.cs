namespace ApiShieldSample;

/// <summary>What to try, for the console.</summary>
internal static class StartText
{
    public static string Of(string address, DevelopmentTokens tokens) => $"""

          The API Shield sample: rules, operations and keys are in samples/ApiShield/api-shield.

          accepted    curl -i -H "Authorization: Bearer {tokens.Make("alice", TimeSpan.FromHours(8))}" {address}/accounts/1
          no token    curl -i {address}/accounts/1
          expired     curl -i -H "Authorization: Bearer {tokens.Make("alice", TimeSpan.FromHours(-1))}" {address}/accounts/1
          logged      curl -i {address}/reports
          new token   curl -X POST {address}/login

          Edit api-shield/token-rules.json while this runs: a good change is in force at once, a bad one is told of and changes nothing.


        """;
}
