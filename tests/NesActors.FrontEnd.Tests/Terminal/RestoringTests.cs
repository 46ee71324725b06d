using System.Diagnostics;
using NesActors.Testing;

namespace NesActors.FrontEnd.Tests.Terminal;

/// <summary>However the chat ends, the terminal is afterwards what it was before.</summary>
public sealed class RestoringTests
{
    [RealPartFact("tmux")]
    public Task Gives_the_terminal_back_at_ctrl_c() => EndsAsync(terminal => terminal.PressAsync("C-c"), "code 0");

    [RealPartFact("tmux")]
    public Task Gives_the_terminal_back_at_quit() => EndsAsync(terminal => terminal.EnterAsync("/quit"), "code 0");

    [RealPartFact("tmux")]
    public async Task Says_at_the_end_what_had_not_left()
    {
        await using var terminal = await TmuxTerminal.StartAsync();
        await terminal.EnterAsync($"{ChatHostProgram.Command} chat bob; echo 'code '$?");
        await terminal.SeesAsync("alice · online");
        await terminal.EnterAsync("wait");
        await terminal.SeesAsync("… alice > wait");
        await terminal.PressAsync("C-c");
        await terminal.MatchesAsync("^1 of your messages had not left\ncode 3");
    }

    [RealPartFact("tmux", "kill")]
    public Task Gives_the_terminal_back_at_sigterm() => EndsAsync(terminal => SignalAsync(terminal, "TERM"), "code 0");

    [RealPartFact("tmux", "kill")]
    public Task Gives_the_terminal_back_at_sighup() => EndsAsync(terminal => SignalAsync(terminal, "HUP"), "code 0");

    [RealPartFact("tmux")]
    public Task Gives_the_terminal_back_when_the_session_breaks() => EndsAsync(terminal => terminal.EnterAsync("crash"), "code 134");

    [RealPartFact("tmux")]
    public async Task Ends_by_itself_when_its_terminal_is_closed()
    {
        await using var terminal = await TmuxTerminal.StartAsync();
        await terminal.EnterAsync($"{ChatHostProgram.Command} chat bob");
        await terminal.SeesAsync("alice · online");
        using var chat = await terminal.ChildAsync();
        await terminal.CloseAsync();
        await TmuxTerminal.MustEndAsync(chat!);
    }

    [RealPartFact("tmux")]
    public async Task Ends_by_itself_when_its_terminal_is_closed_and_nobody_says_so()
    {
        await using var terminal = await TmuxTerminal.StartAsync();
        // An ignored SIGHUP is inherited: only looking tells that the terminal has gone.
        await terminal.EnterAsync($"trap '' HUP; {ChatHostProgram.Command} chat bob");
        await terminal.SeesAsync("alice · online");
        using var chat = await terminal.ChildAsync();
        await terminal.CloseAsync();
        await TmuxTerminal.MustEndAsync(chat!);
    }

    private static async Task EndsAsync(Func<TmuxTerminal, Task> end, string code)
    {
        await using var terminal = await TmuxTerminal.StartAsync();
        var before = await terminal.LineSettingsAsync();
        await terminal.EnterAsync($"{ChatHostProgram.Command} chat bob; echo 'code '$?");
        await terminal.SeesAsync("alice · online");
        Assert.False(await terminal.IsGivenBackAsync());
        await end(terminal);
        await terminal.SeesAsync(code);
        Assert.True(await terminal.IsGivenBackAsync());
        Assert.Equal(before, await terminal.LineSettingsAsync());
    }

    private static async Task SignalAsync(TmuxTerminal terminal, string signal)
    {
        using var chat = await terminal.ChildAsync();
        using var kill = Process.Start(RealParts.Require("kill"), [$"-{signal}", $"{chat!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
