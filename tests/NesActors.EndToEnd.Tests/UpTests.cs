using NesActors.EndToEnd.Tests.Support;

namespace NesActors.EndToEnd.Tests;

public sealed class UpTests
{
    [Fact]
    public async Task The_demo_shows_each_step_and_ends()
    {
        var home = Directory.CreateTempSubdirectory("nes-up-");
        var result = await new NesProgram(home.FullName).SucceedAsync("up", "--demo", "--exit");
        foreach (var step in new[] { "alice", "bob", "keys", "registered", "on the wire", "verified" })
            Assert.Contains(step, result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(home.GetFileSystemInfos(".nes"));
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task Another_terminal_joins_by_the_commands_that_the_network_prints()
    {
        var home = Directory.CreateTempSubdirectory("nes-up-");
        var nes = new NesProgram(home.FullName);
        await using var network = nes.Start("up");
        await network.SaysAsync("Ctrl-C");
        var commands = network.Output.Split('\n').Where(line => line.Contains(" -u ", StringComparison.Ordinal)).Select(ArgumentsOf).ToList();
        Assert.Equal(6, commands.Count);

        await nes.SucceedAsync(commands[0]);
        await nes.SucceedAsync(commands[1]);
        await using var carol = nes.Start(commands[2]);
        await carol.NoticesAsync("online");
        await nes.SucceedAsync(commands[3]);
        await nes.SucceedAsync(commands[4]);
        await nes.SucceedAsync(commands[5]);
        await carol.SaysAsync("dave (STRANGER) > Hello Carol!");

        network.Terminate();
        Assert.Equal(0, await network.ExitAsync());
        home.Delete(recursive: true);
    }

    /// <summary>The words of a printed command behind the program's name, without the shell's quotes.</summary>
    private static string[] ArgumentsOf(string line)
    {
        var words = System.Text.RegularExpressions.Regex.Matches(line, "'([^']*)'|(\\S+)").Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value).ToList();
        var verb = words.FindIndex(word => word is "generate" or "register" or "listen" or "send");
        return [.. words.Skip(verb)];
    }
}
