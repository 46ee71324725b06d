using System.Collections.Concurrent;
using Microsoft.Playwright;
using NesActors.Testing;

namespace NesActors.Web.Tests.Support;

/// <summary>Debian's chromium, without a screen.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>What a test needs that uses this.</summary>
    public const string Program = "chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The root user has no sandbox there; what would ask other hosts by itself is off.</summary>
    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        List<string> arguments = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        if (Environment.IsPrivilegedProcess) arguments.Add("--no-sandbox");
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = RealParts.Require(Program), Args = arguments }));
    }

    /// <summary>Opens an address as a person of its own would, with nothing kept from others.</summary>
    /// <param name="address">The gateway's.</param>
    /// <param name="scheme">Dark or light.</param>
    /// <param name="path">Which page of it; its own where none is named.</param>
    public async Task<WatchedPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, string path = "")
    {
        var context = await _browser.NewContextAsync(new() { ColorScheme = scheme, Locale = "en-GB", TimezoneId = "UTC" });
        var page = new WatchedPage(await context.NewPageAsync(), address);
        await page.Page.GotoAsync(path.Length > 0 ? new Uri(address, path).AbsoluteUri : address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A page, and what it did that it should not have.</summary>
internal sealed class WatchedPage
{
    private readonly ConcurrentQueue<string> _faults = new();

    public WatchedPage(IPage page, Uri address)
    {
        Page = page;
        page.PageError += (_, error) => _faults.Enqueue($"error: {error}");
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy", StringComparison.Ordinal)) _faults.Enqueue(line.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)) _faults.Enqueue($"asked {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, violations of the page's policy, and requests to other origins.</summary>
    public IReadOnlyCollection<string> Faults => _faults;
}
