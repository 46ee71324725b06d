using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;

namespace NesActors.Web.Tests;

public sealed class HostileTextTests
{
    private static readonly string[] Texts =
    [
        "", "plain", "two\nlines\r\nthree\rfour", "tab\there", "\u001b[31mred\u0007", "a\u202Egpj.exe", "\u2066isolated\u2069", "zero\u200bwidth", "man \U0001F468\u200D\U0001F469\u200D\U0001F467", "la\u200Dtin",
        "z" + new string('\u0301', 20), "\u3164\u115F\u034F", "\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U000E0067 alone", "half \uD83D and \uDC00", "\u0600123", "\uFEFF\u00AD", "line\u2028and\u2029par\u0085nel", "\u007f\u0000",
        "\u0645\u0631\u200C\u062D\u0628\u0627", "<img src=x onerror=alert(1)>",
    ];

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task What_others_wrote_is_shown_as_in_the_terminal()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var page = (await browser.OpenAsync(gateway.Address)).Page;

        foreach (var text in Texts)
        {
            // As code units, because half a character does not survive the way as text.
            var units = text.Select(unit => (int)unit).ToArray();
            var shown = await page.EvaluateAsync<string>("async units => (await import('/page/text/safe-text.js')).linesOf(String.fromCharCode(...units)).map(piece => piece.text).join('')", units);
            var line = await page.EvaluateAsync<string>("async units => (await import('/page/text/safe-text.js')).oneLine(String.fromCharCode(...units))", units);

            Assert.Equal(string.Join('\n', TerminalText.Lines(text)), shown);
            Assert.Equal(TerminalText.Escape(text), line);
        }
    }
}
