namespace ApiShieldSample;

/// <summary>What to try, for the console.</summary>
internal static class StartText
{
    public static string ForFiles(string address, DevelopmentTokens tokens) => $"""

          The API Shield sample: rules, operations and keys are in samples/ApiShield/api-shield.

          accepted    curl -i -H "Authorization: Bearer {tokens.Make("alice", TimeSpan.FromHours(8))}" {address}/accounts/1
          no token    curl -i {address}/accounts/1
          expired     curl -i -H "Authorization: Bearer {tokens.Make("alice", TimeSpan.FromHours(-1))}" {address}/accounts/1
          logged      curl -i {address}/reports
          new token   curl -X POST {address}/login

          Edit api-shield/token-rules.json while this runs: a good change is used at once, a bad one is reported and changes nothing.


        """;

    /// <summary>With the API there are no operations and no rules yet, so every request is for an unknown host and gets 403.</summary>
    public static string ForApi(string address) => $"""

          The API Shield sample, with the rules that you set through the API. There are none yet, so every request gets 403.
          docs/api-shield.md goes on from here, under "Cloudflare's own API calls, on your machine": save the operations first, and POST /login among them.

          no operation   curl -i {address}/accounts/1
          new token      curl -X POST {address}/login     # after its operation is saved


        """;
}
