using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace NesActors.Web.Tests.Support;

/// <summary>What must be so on every screen.</summary>
internal static class Looks
{
    /// <summary>axe-core finds nothing serious, and nothing is wider than the screen, so that nothing has to be looked for at the side.</summary>
    /// <param name="page">The page as it is now.</param>
    /// <param name="what">Where that is, for the report.</param>
    public static async Task GoodAsync(IPage page, string what)
    {
        var found = (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical");
        Assert.Empty(found.Select(violation => $"{what}: {violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }
}
