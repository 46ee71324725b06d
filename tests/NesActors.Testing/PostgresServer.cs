using System.Diagnostics;
using System.Text;

namespace NesActors.Testing;

/// <summary>
/// A real PostgreSQL on a free port of the loopback interface, that trusts whoever connects and forgets everything. It ends with this process, also
/// where that is killed.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    // The server ends when the pipe to this process does, and takes its files along.
    private const string EndWithTheParent =
        """
        exec 3<&0
        "$@" 3<&- & server=$!
        (cat <&3; kill -QUIT $server) > /dev/null 2>&1 &
        wait $server
        rm -rf "$FOLDER"
        """;

    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<bool> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _folder;
    private readonly Process _process;
    private int _databases;

    private PostgresServer(string folder, int port)
    {
        (_folder, Port) = (folder, port);
        _process = new Process { StartInfo = AsOrdinaryUser(folder, "sh", ["-c", EndWithTheParent, "sh", .. ServerCommand(folder, port)]), EnableRaisingEvents = true };
        _process.StartInfo.RedirectStandardInput = true;
        _process.StartInfo.Environment["FOLDER"] = folder;
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _started.TrySetResult(false);
    }

    /// <summary>The programs that a test needs which starts one.</summary>
    public static string[] Programs { get; } = ["initdb", "postgres", "createdb", "setpriv"];

    /// <summary>The port at which it listens.</summary>
    public int Port { get; }

    /// <summary>An empty database in the one server that all tests of this process share.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> NewDatabaseAsync() => await (await Shared.Value).CreateDatabaseAsync();

    /// <summary>Starts one for a test that stops it; when this returns, it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or ended at once; the message holds its log.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var folder = Directory.CreateTempSubdirectory("nes-postgres-").FullName;
            if (Environment.IsPrivilegedProcess) await RunAsync(new ProcessStartInfo(RealParts.Require("chown"), ["postgres:postgres", folder]));
            await RunAsync(AsOrdinaryUser(
                folder, RealParts.Require("initdb"), "-D", Data(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
            var server = new PostgresServer(folder, FreePort.Next());
            if (await server.RunAsync()) return server;
            await server.DisposeAsync();
            // Another program may have taken the port meanwhile.
            if (attempt == Attempts || !server._log.ToString().Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"PostgreSQL did not start:\n{server._log}");
            }
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunAsync(AsOrdinaryUser(_folder, RealParts.Require("createdb"), "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", name));
        return $"Host=127.0.0.1;Port={Port};Database={name};Username=postgres";
    }

    /// <summary>Stops it at once, as a crash does.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string[] ServerCommand(string folder, int port) =>
    [
        RealParts.Require("postgres"), "-D", Data(folder), "-h", "127.0.0.1", "-p", $"{port}", "-k", "",
        "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=400", "-c", "logging_collector=off",
    ];

    private static string Data(string folder) => Path.Combine(folder, "data");

    // The server refuses to run as root.
    private static ProcessStartInfo AsOrdinaryUser(string folder, string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo(RealParts.Require("setpriv"), ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (folder, true, true, false);
        return start;
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} failed:\n{await output}{await errors}");
    }

    private async Task<bool> RunAsync()
    {
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var isRunning = await _started.Task.WaitAsync(StartTimeout);
        // The end may be noticed before the last lines of the log.
        if (!isRunning) await _process.WaitForExitAsync();
        return isRunning;
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
        if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal)) _started.TrySetResult(true);
    }
}
