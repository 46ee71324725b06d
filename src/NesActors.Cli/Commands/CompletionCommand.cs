using System.CommandLine;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary><c>nes completion</c>: a script for the shell, which asks the program itself (its <c>[suggest]</c> directive) at each press of the tab key.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # For bash: eval "$(nes completion bash)" in ~/.bashrc
        _nes_complete() {
            local IFS=$'\n' candidates
            candidates=$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
            COMPREPLY=($(compgen -W "${candidates}" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o bashdefault -o default -F _nes_complete nes
        """;

    private const string Zsh = """
        #compdef nes
        # For zsh: eval "$(nes completion zsh)" in ~/.zshrc, behind compinit
        _nes() {
            local line="${(j: :)words[1,CURRENT]}"
            local -a candidates
            candidates=("${(@f)$("${words[1]}" "[suggest:${#line}]" "${line}" 2>/dev/null)}")
            compadd -- "${(@)candidates:#}" || _files
        }
        compdef _nes nes
        """;

    private const string Fish = """
        # For fish: nes completion fish > ~/.config/fish/completions/nes.fish
        function __nes_complete
            set -l line (commandline -cp)
            nes "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c nes -f -a "(__nes_complete)"
        """;

    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that completes commands and options in a shell") { shell };
        return context.Bind(command, (run, _) =>
        {
            run.Out.WriteLine(run.Get(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return Task.FromResult(ExitCode.Done);
        });
    }
}
