using Microsoft.Playwright;
using NesActors.Testing;

namespace NesActors.Web.Tests.Support;

/// <summary>Debian's chromium, without a screen.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>What a test needs that uses this.</summary>
    public const string Program = "chromium";

    /// <summary>How long the page may take for what is to be seen next, on a machine with much else to do; in milliseconds.</summary>
    private const float Patience = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The root user has no sandbox there; what would ask other hosts by itself is off.</summary>
    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        List<string> arguments = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        if (Environment.IsPrivilegedProcess) arguments.Add("--no-sandbox");
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = RealParts.Require(Program), Args = arguments }));
    }

    /// <summary>Opens an address as a person of its own would, with nothing kept from others.</summary>
    /// <param name="address">What they type.</param>
    /// <param name="scheme">What their system says about colours.</param>
    /// <param name="width">Of the window, in pixels.</param>
    public async Task<WatchedPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1100)
    {
        var context = await _browser.NewContextAsync(new() { ColorScheme = scheme, Locale = "en-GB", TimezoneId = "UTC", ViewportSize = new() { Width = width, Height = 740 } });
        var page = await WatchedPage.StartAsync(await context.NewPageAsync(), address);
        await page.Page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
