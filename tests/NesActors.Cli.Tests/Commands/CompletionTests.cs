using System.Diagnostics;
using NesActors.Cli.Tests.Support;
using NesActors.Testing;

namespace NesActors.Cli.Tests.Commands;

public sealed class CompletionTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Theory]
    [InlineData("nes ", "send", "listen", "doctor")]
    [InlineData("nes con", "config", "contacts")]
    [InlineData("nes contacts ", "list", "verify", "trust", "block")]
    [InlineData("nes send --", "--to", "--message", "--broker")]
    [InlineData("nes completion ", "bash", "zsh", "fish")]
    [InlineData("nes directory ", "serve", "keygen")]
    public async Task The_program_itself_says_what_may_come_next(string line, params string[] words)
    {
        var result = await _cli.RunAsync($"[suggest:{line.Length}]", line);
        Assert.Equal(0, result.Code);
        Assert.All(words, word => Assert.Contains(word, result.Out.Split('\n')));
    }

    [Theory]
    [InlineData("bash", "complete -o")]
    [InlineData("zsh", "#compdef nes")]
    [InlineData("fish", "complete -c nes")]
    public async Task Each_shell_has_a_script(string shell, string part) => Assert.Contains(part, (await _cli.RunAsync("completion", shell)).Out);

    [RealPartFact("bash")]
    public async Task Bash_completes_with_the_script()
    {
        var script = (await _cli.RunAsync("completion", "bash")).Out;
        var answers = """
            nes() { [ "$1" = '[suggest:8]' ] && printf '%s\n' send listen; }
            COMP_WORDS=(nes send); COMP_CWORD=1; COMP_LINE='nes send'; COMP_POINT=8
            _nes_complete; printf '%s\n' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo(RealParts.Require("bash"), ["--norc", "-c", script + "\n" + answers]) { RedirectStandardOutput = true })!;
        Assert.Equal("send\n", await bash.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        await bash.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    public void Dispose() => _cli.Dispose();
}
