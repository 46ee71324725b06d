using System.Diagnostics;
using System.Net;
using System.Text;
using NesActors.Core.Keys;

namespace NesActors.Cli.Hosting.Gateway;

/// <summary>
/// Opens a link in the person's browser, where there is a display. The link holds a code by which whoever has it signs in, and every user of the machine sees what programs are started with: so the
/// browser is given a file that leads there, which this user alone can read.
/// </summary>
internal sealed class Browser : IDisposable
{
    private const string FileName = "open.html";

    private readonly string _file;

    private Browser(string file) => _file = file;

    /// <summary>Opens it.</summary>
    /// <param name="environment">Says whether there is a display, and where programs are.</param>
    /// <param name="folder">A folder that this user alone can enter.</param>
    /// <param name="link">Where to lead.</param>
    /// <returns>Removes the file when it is disposed; <see langword="null"/>: there is no display, or no program that would open it.</returns>
    public static Browser? Open(CliEnvironment environment, string folder, string link)
    {
        if (OpenerOf(environment) is not { } opener) return null;
        var browser = new Browser(Path.Combine(folder, FileName));
        AtomicFile.Write(browser._file, Encoding.UTF8.GetBytes(PageTo(link)), FileModes.Private);
        // Ctrl-C is for this program alone; what a browser says is for nobody.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(browser._file) { UseShellExecute = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT HUP; exec \"$0\" \"$1\" </dev/null >/dev/null 2>&1", opener, browser._file]);
        using var process = Process.Start(start);
        return browser;
    }

    public void Dispose() => File.Delete(_file);

    private static string? OpenerOf(CliEnvironment environment)
    {
        if (OperatingSystem.IsWindows()) return "";
        if (OperatingSystem.IsMacOS()) return "/usr/bin/open";
        var hasDisplay = new[] { "WAYLAND_DISPLAY", "DISPLAY" }.Any(name => environment.Variables.GetValueOrDefault(name) is { Length: > 0 });
        return !hasDisplay ? null : (environment.Variables.GetValueOrDefault("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, "xdg-open")).FirstOrDefault(File.Exists);
    }

    private static string PageTo(string link)
    {
        var address = WebUtility.HtmlEncode(link);
        return $"""
            <!doctype html>
            <meta charset="utf-8">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="refresh" content="0; url={address}">
            <title>NES</title>
            <p><a href="{address}">Sign in</a></p>

            """;
    }
}
