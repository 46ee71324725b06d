using System.Diagnostics;
using System.Text.RegularExpressions;
using NesActors.Testing;

namespace NesActors.FrontEnd.Tests.Terminal;

/// <summary>A real terminal: a tmux server of its own with one shell in it, ended with the test.</summary>
internal sealed class TmuxTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static int _count;

    private readonly string _socket;
    private readonly string _folder;

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
        var file = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        await EnterAsync($"stty -a > {file}; clear; echo 'stored 'settings");
        await SeesAsync("stored settings");
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>The process that the shell runs.</summary>
    public async Task<int> ChildAsync()
    {
        var shell = (await TmuxAsync("display", "-p", "#{pane_pid}")).Trim();
        return int.Parse((await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await TmuxAsync("kill-server");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> UntilAsync(Func<string, bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(LookEvery);
        var screen = await ScreenAsync();
        while (!condition(screen))
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"The terminal does not show {what}, but:\n{screen}");
            await timer.WaitForNextTickAsync();
            screen = await ScreenAsync();
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
