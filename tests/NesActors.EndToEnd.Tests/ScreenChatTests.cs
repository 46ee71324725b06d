using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

public sealed class ScreenChatTests
{
    [RealPartFact(Lab.Program, "tmux")]
    public async Task Two_people_chat_in_two_terminals_and_get_them_back_at_the_end()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var alice = await ChatAsync(lab, "alice", "bob");
        await using var bob = await ChatAsync(lab, "bob", "alice");

        await alice.EnterAsync("Hello Bob! 日本語 🙂");
        await bob.SeesAsync("Hello Bob! 日本語 🙂");
        await alice.MatchesAsync("Hello Bob! 日本語 🙂.*✓");
        await bob.EnterAsync("Hello Alice!");
        await alice.SeesAsync("Hello Alice!");

        foreach (var terminal in new[] { alice, bob })
        {
            await terminal.PressAsync("C-c");
            await terminal.SeesAsync("ended with");
            Assert.True(await terminal.IsGivenBackAsync());
        }
    }

    private static async Task<TmuxTerminal> ChatAsync(Lab lab, string user, string with)
    {
        var terminal = await TmuxTerminal.StartAsync(width: 100, height: 30);
        var command = string.Join(' ', lab.Command("chat", user, "-t", with));
        await terminal.EnterAsync($"HOME={lab.Home} dotnet {NesProgram.Path} {command}; echo ended with $?");
        await terminal.SeesAsync("online");
        return terminal;
    }
}
