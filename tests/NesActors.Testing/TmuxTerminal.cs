using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NesActors.Testing;

/// <summary>A real terminal: a tmux server of its own with one shell in it, ended with the test.</summary>
public sealed class TmuxTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static int _count;

    private readonly string _socket;
    private readonly string _folder;
    private bool _isClosed;

    private TmuxTerminal(string socket, string folder) => (_socket, _folder) = (socket, folder);

    /// <summary>Starts a shell without any settings of this machine's user.</summary>
    public static async Task<TmuxTerminal> StartAsync(string term = "tmux-256color", int width = 80, int height = 24)
    {
        var socket = $"nes-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        var terminal = new TmuxTerminal(socket, Directory.CreateTempSubdirectory("nes-tmux-").FullName);
        await terminal.TmuxAsync("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", $"env TERM={term} PS1='ready> ' sh");
        await terminal.SeesAsync("ready>");
        return terminal;
    }

    /// <summary>What the terminal shows.</summary>
    public Task<string> ScreenAsync() => TmuxAsync("capture-pane", "-p");

    /// <summary>What the terminal shows, with its colours.</summary>
    public Task<string> ColouredScreenAsync() => TmuxAsync("capture-pane", "-p", "-e");

    /// <summary>Waits until the terminal shows a text.</summary>
    public Task<string> SeesAsync(string text) => UntilAsync(screen => screen.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until the terminal shows what fits a pattern.</summary>
    public Task<string> MatchesAsync(string pattern) => UntilAsync(screen => Regex.IsMatch(screen, pattern, RegexOptions.Multiline), pattern);

    /// <summary>Waits until the terminal no longer shows a text.</summary>
    public Task<string> SeesNoMoreAsync(string text) => UntilAsync(screen => !screen.Contains(text, StringComparison.Ordinal), "no " + text);

    /// <summary>Waits until the cursor is in a column, counted from 0.</summary>
    public Task<string> HasCursorAtAsync(int column) =>
        UntilAsync(() => TmuxAsync("display", "-p", "#{cursor_x}"), at => at.Trim() == $"{column}", $"its cursor in column {column}");

    /// <summary>Presses keys by their tmux names.</summary>
    public async Task PressAsync(params string[] keys) => await TmuxAsync(["send-keys", .. keys]);

    /// <summary>Types a text as a keyboard does.</summary>
    public async Task TypeAsync(string text) => await TmuxAsync("send-keys", "-l", text);

    /// <summary>Types a line and ends it.</summary>
    public async Task EnterAsync(string line)
    {
        await TypeAsync(line);
        await PressAsync("Enter");
    }

    /// <summary>Pastes a text as a terminal does: bracketed.</summary>
    public async Task PasteAsync(string text)
    {
        var file = Path.Combine(_folder, "paste");
        await File.WriteAllTextAsync(file, text);
        await TmuxAsync("load-buffer", file);
        await TmuxAsync("paste-buffer", "-p", "-r");
    }

    /// <summary>Gives the terminal another size.</summary>
    public async Task ResizeAsync(int width, int height) => await TmuxAsync("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>Whether the terminal is as programs without a screen need it: main screen, cursor seen, no mouse.</summary>
    public async Task<bool> IsGivenBackAsync() => (await TmuxAsync("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}")).Trim() == "0 1 0";

    /// <summary>The settings of the terminal line.</summary>
    public async Task<string> LineSettingsAsync()
    {
        // The screen may still show an earlier call: each has a name of its own, which the line as typed does not show.
        var name = Guid.NewGuid().ToString("N")[..8];
        var file = Path.Combine(_folder, name);
        await EnterAsync($"stty -a > {file}; clear; echo 'stored '{name}");
        await SeesAsync("stored " + name);
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>The process that the shell runs; <see langword="null"/> where it runs none.</summary>
    public async Task<Process?> ChildAsync()
    {
        var shell = (await TmuxAsync("display", "-p", "#{pane_pid}")).Trim();
        var children = (await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (children.Length == 0) return null;
        try
        {
            return Process.GetProcessById(int.Parse(children[0], CultureInfo.InvariantCulture));
        }
        catch (ArgumentException)
        {
            return null; // It ended between the two looks.
        }
    }

    /// <summary>Closes the terminal under whatever runs in it.</summary>
    public async Task CloseAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        await TmuxAsync("kill-server");
    }

    /// <summary>Closes the terminal. What runs in it must end by that; what does not is ended, and the test fails.</summary>
    public async ValueTask DisposeAsync()
    {
        using var child = _isClosed ? null : await ChildAsync();
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
        if (child is not null) await MustEndAsync(child);
    }

    /// <summary>Waits for a process to end, and ends it where it does not.</summary>
    public static async Task MustEndAsync(Process process)
    {
        try
        {
            await UntilAsync(() => StateAsync(process.Id), state => state is "gone" or "Z", $"the end of process {process.Id}");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>The letter of proc(5); Z where it has ended and nobody has asked how: in a container nobody may.</summary>
    private static async Task<string> StateAsync(int process)
    {
        try
        {
            var stat = await File.ReadAllTextAsync($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][..1];
        }
        catch (IOException)
        {
            return "gone";
        }
    }

    private Task<string> UntilAsync(Func<string, bool> condition, string what) => UntilAsync(ScreenAsync, condition, what);

    private static async Task<string> UntilAsync(Func<Task<string>> look, Func<string, bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(LookEvery);
        var screen = await look();
        while (!condition(screen))
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"The terminal does not show {what}, but:\n{screen}");
            await timer.WaitForNextTickAsync();
            screen = await look();
        }
        return screen;
    }

    private async Task<string> TmuxAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(RealParts.Require("tmux"), ["-L", _socket, "-u", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A test that itself runs inside tmux must not meet that one.
        start.Environment.Remove("TMUX");
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var tmux = Process.Start(start)!;
        var errors = tmux.StandardError.ReadToEndAsync();
        var output = await tmux.StandardOutput.ReadToEndAsync();
        await tmux.WaitForExitAsync();
        return tmux.ExitCode == 0 ? output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {await errors}");
    }
}
