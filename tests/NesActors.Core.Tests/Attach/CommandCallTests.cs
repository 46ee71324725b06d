using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Hosting;
using NesActors.Core.Tests.Session;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Attach;

/// <summary>Command lines that are handed over to the process that runs the session.</summary>
[SupportedOSPlatform("linux")]
public sealed class CommandCallTests : SessionSpec, IAsyncLifetime
{
    private static readonly CommandLine Typed = new()
    {
        Arguments = ["send", "-m", "ä \"quoted\" line\n"],
        Variables = new Dictionary<string, string> { ["NES_USERNAME"] = "amy", ["EMPTY"] = "" },
        Home = "/home/amy",
        SystemUser = "amy",
        WorkingFolder = "/tmp",
        FirstMessage = MessageId.New(TimeProvider.System),
    };

    private readonly Owners _owners = new();
    private readonly string _folder;

    public CommandCallTests() => _folder = _owners.NewFolder();

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _owners.DisposeAsync();
    }

    [Fact]
    public async Task The_owner_gets_what_was_typed_and_tells_how_it_ended()
    {
        CommandLine? got = null;
        await ShareAsync((line, output, error, interrupted) =>
        {
            got = line;
            output.WriteLine("one");
            error.WriteLine("two");
            error.Write("without end");
            output.WriteLine("three");
            return Task.FromResult(7);
        });
        var errors = new StringBuilder();
        Assert.Equal((7, "one\nthree\n"), await RunAsync(text => errors.Append(text)));
        Assert.Equal("two\nwithout end", errors.ToString());
        Assert.Equal(Typed.Arguments, got!.Arguments);
        Assert.Equal(Typed.Variables, got.Variables);
        Assert.Equal((Typed.Home, Typed.SystemUser, Typed.WorkingFolder, Typed.FirstMessage), (got.Home, got.SystemUser, got.WorkingFolder, got.FirstMessage));
    }

    [Fact]
    public async Task Errors_come_while_the_command_runs()
    {
        var seen = new TaskCompletionSource();
        await ShareAsync(async (line, output, error, interrupted) =>
        {
            error.WriteLine("notice");
            await seen.Task.WaitAsync(Patience, interrupted);
            return 0;
        });
        Assert.Equal((0, ""), await RunAsync(_ => seen.SetResult()));
    }

    [Fact]
    public async Task An_interruption_gets_there_and_the_command_says_how_it_ended()
    {
        using var stop = new CancellationTokenSource();
        await ShareAsync(async (line, output, error, interrupted) =>
        {
            var waiting = new TaskCompletionSource();
            using var registration = interrupted.Register(waiting.SetResult);
            await stop.CancelAsync();
            await waiting.Task.WaitAsync(Patience, CancellationToken.None);
            return 6;
        });
        Assert.Equal((6, ""), await RunAsync(_ => { }, stop.Token));
    }

    [Fact]
    public async Task Who_goes_away_does_not_interrupt()
    {
        var ended = new TaskCompletionSource<bool>();
        var hungUp = new TaskCompletionSource();
        await ShareAsync(async (line, output, error, interrupted) =>
        {
            error.WriteLine("begun");
            await hungUp.Task.WaitAsync(Patience, CancellationToken.None);
            error.WriteLine("into the void");
            ended.SetResult(interrupted.IsCancellationRequested);
            return 0;
        });
        using (var stream = await Owners.OpenAsync(_folder))
        {
            await stream.WriteAsync(Request(Typed));
            await stream.ReadExactlyAsync(new byte[16]);
        }
        hungUp.SetResult();
        Assert.False(await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task What_cannot_be_run_there_is_left_to_who_typed_it()
    {
        await ShareAsync((line, output, error, interrupted) =>
        {
            error.WriteLine("told");
            throw new InvalidOperationException();
        });
        Assert.Null(await RunAsync(_ => { }));
    }

    [Fact]
    public async Task Nobody_is_asked_where_nobody_runs_commands_or_a_session()
    {
        Assert.Null(await RunAsync(_ => { }));
        await _owners.ShareAsync(await AmyAsync(), _folder);
        Assert.Null(await RunAsync(_ => { }));
    }

    [Fact]
    public async Task Another_build_and_what_cannot_be_read_run_nothing_and_do_no_harm()
    {
        var ran = 0;
        await ShareAsync((line, output, error, interrupted) => Task.FromResult(Interlocked.Increment(ref ran)));
        var right = Request(Typed);
        var body = right.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        byte[] otherBuild = [.. right];
        otherBuild[body] ^= 1;
        byte[] manyArguments = [.. right];
        manyArguments[body + 19] = 0x7f;
        foreach (var request in (byte[][])[otherBuild, manyArguments, "POST /command HTTP/1.0\r\n\r\n"u8.ToArray(), "POST /command HTTP/1.0\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), "POST /command HTTP/1.0\r\nContent-Length: 99999999\r\n\r\n"u8.ToArray()])
        {
            using var stream = await Owners.OpenAsync(_folder);
            await stream.WriteAsync(request);
            using var reader = new StreamReader(stream);
            Assert.Matches(@"\AHTTP/1\.1 4\d\d ", await reader.ReadLineAsync().WaitAsync(Patience));
        }
        Assert.Equal((1, ""), await RunAsync(_ => { }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n\u0001\u0000\u0000")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n\u0001\u0000\u0000\u0000\u0000\u0005ab")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n\u0007")]
    [InlineData("HTTP/1.1 409 Conflict\r\n\r\n")]
    [InlineData("SSH-2.0-none of ours, and no line ends here")]
    public async Task An_answer_that_breaks_off_or_is_none_leaves_the_command_to_who_typed_it(string answer)
    {
        StateLock.TryTake(_folder)!.Dispose();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, LocalSocket.Owner.FileName)));
        listener.Listen();
        var running = RunAsync(_ => { });
        using (var asked = await listener.AcceptAsync().WaitAsync(Patience))
        {
            await asked.ReceiveAsync(new byte[4096]);
            await asked.SendAsync(Encoding.Latin1.GetBytes(answer));
        }
        Assert.Null(await running);
    }

    [Fact]
    public void What_was_typed_and_variables_are_not_told()
    {
        Assert.DoesNotContain("quoted", Typed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NES_USERNAME", Typed.ToString(), StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)?> RunAsync(Action<string> error, CancellationToken interrupted = default) =>
        Task.Run(() => CommandCall.Run(_folder, Typed, error, interrupted), CancellationToken.None).WaitAsync(Patience, CancellationToken.None);

    private async Task ShareAsync(CommandRunner runner) => await _owners.ShareAsync(await AmyAsync(), _folder, runner);

    private Task<NesHost> AmyAsync() => StartAsync(VectorUser.Amy, () => new InMemoryTransport(), $"memory://{Guid.NewGuid():N}");

    private static byte[] Request(IRequest line)
    {
        using var bytes = new MemoryStream();
        using var writer = Fields.Writer(bytes);
        line.Write(writer);
        return [.. Encoding.ASCII.GetBytes($"POST /command HTTP/1.0\r\nContent-Length: {bytes.Length + 1}\r\n\r\n"), .. bytes.ToArray()];
    }
}
