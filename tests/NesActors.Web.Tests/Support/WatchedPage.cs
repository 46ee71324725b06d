using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace NesActors.Web.Tests.Support;

/// <summary>A page, and what it did that it should not have.</summary>
internal sealed class WatchedPage
{
    /// <summary>How a violation of the policy is told on the console.</summary>
    public const string Violation = "policy violated: ";

    /// <summary>Runs before the page's own scripts.</summary>
    private const string TellViolations = $"addEventListener('securitypolicyviolation', event => console.error('{Violation}' + event.effectiveDirective + ' ' + event.blockedURI))";

    private readonly ConcurrentQueue<string> _faults = new();

    private WatchedPage(IPage page, string origin)
    {
        Page = page;
        page.PageError += (_, error) => _faults.Enqueue($"error: {error}");
        page.Console += (_, line) =>
        {
            if (line.Text.StartsWith(Violation, StringComparison.Ordinal)) _faults.Enqueue(line.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal)) _faults.Enqueue($"asked {request.Url}");
        };
        page.WebSocket += (_, socket) => _faults.Enqueue($"asked {socket.Url}");
        page.Popup += (_, popup) => _faults.Enqueue($"opened {popup.Url}");
        page.Dialog += (_, dialog) =>
        {
            if (dialog.Type != DialogType.BeforeUnload) _faults.Enqueue($"{dialog.Type}: {dialog.Message}");
            _ = dialog.AcceptAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, violations of the page's policy, requests to other origins, and windows that it opened.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<WatchedPage> StartAsync(IPage page, Uri address)
    {
        var watched = new WatchedPage(page, $"{address.GetLeftPart(UriPartial.Authority)}/");
        await page.AddInitScriptAsync(TellViolations);
        return watched;
    }
}
