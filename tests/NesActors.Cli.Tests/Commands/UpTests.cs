using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

public sealed class UpTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TestCli _cli = new();

    [Fact]
    public async Task The_demo_shows_each_step_and_ends_well()
    {
        var result = await _cli.RunAsync("up", "--demo", "--exit").WaitAsync(Patience);
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        string[] steps =
        [
            "alice: keys made", "alice: registered", "bob: keys made", "bob: registered", "alice writes to bob", "on the wire  nes/bob/message", "4e455332" /* "NES2" */,
            "bob opened it and verified alice's signature", "bob writes to alice", "on the wire  nes/alice/message", "alice opened it and verified bob's signature",
            "The demo worked",
        ];
        Assert.All(steps, step => Assert.Contains(step, result.Out));
        Assert.False(System.IO.Directory.Exists(_cli.NesFolder));
    }

    [Fact]
    public async Task A_folder_that_was_named_stays_and_can_be_used_again()
    {
        var data = Path.Combine(_cli.Home, "data");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("up", "--demo", "--exit", "--data", data).WaitAsync(Patience)).Code);
        var again = await _cli.RunAsync("up", "--demo", "--exit", "--data", data).WaitAsync(Patience);
        Assert.Equal((ExitCode.Done, ""), (again.Code, again.Error));
        Assert.True(File.Exists(Path.Combine(data, "directory.pub")));
    }

    [Fact]
    public async Task Somebody_can_join_by_the_commands_it_prints_and_is_answered()
    {
        using var stop = new CancellationTokenSource();
        using var output = new LineWatcher();
        var up = Cli.RunAsync(["up", "--demo"], _cli.EnvironmentWith(TextReader.Null, output, TextWriter.Null), stop.Token);
        await output.LineAsync(line => line.StartsWith("Ctrl-C", StringComparison.Ordinal));

        string[] Arguments(string command)
        {
            var line = output.Lines.Single(line => line.Contains($" {command} -u carol"));
            return line[line.IndexOf($" {command} -u", StringComparison.Ordinal)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        Assert.Equal(ExitCode.Done, (await _cli.RunAsync(Arguments("generate"))).Code);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync(Arguments("register"))).Code);
        string[] send = ["send", "-u", "carol", "-t", "alice", "-m", "hello", .. Arguments("register")[5..]];
        var sent = await _cli.RunAsync(send);
        Assert.Equal((ExitCode.Done, ""), (sent.Code, sent.Error));
        await output.LineAsync(line => line.Contains("alice got a message of 5 characters from carol"));
        await output.LineAsync(line => line.Contains("on the wire  nes/carol/message"));

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await up.WaitAsync(Patience));
    }

    public void Dispose() => _cli.Dispose();
}
