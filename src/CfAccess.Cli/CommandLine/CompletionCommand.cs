using System.CommandLine;

namespace CfAccess.Cli.CommandLine;

/// <summary><c>cfaccess completion</c>: the few lines by which a shell asks the tool itself what may come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _cfaccess() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(cfaccess "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _cfaccess cfaccess
        """;

    private const string Zsh = """
        _cfaccess() {
          local -a suggestions
          suggestions=("${(@f)$(cfaccess "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- $suggestions
        }
        compdef _cfaccess cfaccess
        """;

    private const string Fish = """
        complete --command cfaccess --arguments '(cfaccess "[suggest:"(commandline --cursor)"]" (commandline | string collect) 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName cfaccess -ScriptBlock {
          param($word, $line, $position)
          cfaccess "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = Pwsh,
    };

    public static Command Make(Surroundings surroundings)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnly([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script by which your shell completes commands and options.") { shell };
        command.SetAction(parsed => surroundings.Out.WriteLine(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n")));
        return command;
    }
}
