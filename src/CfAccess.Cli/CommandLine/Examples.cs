namespace CfAccess.Cli.CommandLine;

/// <summary>What stands at the end of each command's help.</summary>
internal static class Examples
{
    public static string[] Of(string command) => command switch
    {
        "verify" =>
        [
            "pbpaste | cfaccess verify --team acme --aud 4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2",
            "cfaccess verify --team acme --aud 4714c135… --header 'Cf-Access-Jwt-Assertion: eyJ…'",
            "CFACCESS_TOKEN=eyJ… cfaccess verify --team acme --aud 4714c135… --at 2026-03-01T12:00:00Z",
            "cfaccess verify --team acme --aud 4714c135… --keys certs.json < token.txt     # without network",
            "A token given as an argument stays in the shell's history.",
        ],
        "inspect" => ["pbpaste | cfaccess inspect", "cfaccess inspect --header 'Cookie: CF_Authorization=eyJ…'"],
        "keys" => ["cfaccess keys --team acme", "cfaccess keys --team acme --pem > team.pem", "cfaccess keys --team acme --watch"],
        "doctor" =>
        [
            "cfaccess doctor --url https://app.example.com --team acme --aud 4714c135…",
            "cfaccess doctor --url https://app.example.com --team acme --aud 4714c135… --origin 10.0.0.5:8443 --insecure-origin",
        ],
        "emulate" => ["cfaccess emulate", "cfaccess emulate --port 5091 --file appsettings.Development.json", "cfaccess emulate --address http://0.0.0.0:5090 --allowed-networks 172.16.0.0/12 --file emulator.json"],
        "token" =>
        [
            "CFACCESS_EMULATOR_SECRET=… cfaccess token --email alice@example.com",
            "cfaccess token --service cfacce55000000000000000000000001.access | cfaccess verify --team http://localhost:5090 --aud …",
        ],
        "rules" or "check" => ["cfaccess rules check appsettings.json"],
        "test" => ["cfaccess rules test appsettings.json --method GET --url https://api.example.com/accounts --header 'Authorization: Bearer eyJ…'"],
        "completion" =>
        [
            "source <(cfaccess completion bash)                                     # in ~/.bashrc",
            "source <(cfaccess completion zsh)                                      # in ~/.zshrc",
            "cfaccess completion fish > ~/.config/fish/completions/cfaccess.fish",
            "cfaccess completion pwsh | Out-String | Invoke-Expression              # in $PROFILE",
        ],
        _ => ["cfaccess verify --help", "cfaccess doctor --url https://app.example.com --team acme --aud 4714c135…"],
    };
}
