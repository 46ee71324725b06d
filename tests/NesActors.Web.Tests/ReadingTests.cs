using System.Net;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>What somebody expects who reads and writes in a page all day.</summary>
public sealed class ReadingTests
{
    /// <summary>The first message that is seen from where the log is scrolled to, and how far below the log's upper end it begins.</summary>
    private const string First = """
        (log, top) => {
          if (top !== null) log.scrollTop = top;
          const start = log.getBoundingClientRect().top;
          const row = [...log.querySelectorAll('article')].find(article => article.getBoundingClientRect().bottom > start);
          return `${row.querySelector('.text').textContent} at ${Math.round(row.getBoundingClientRect().top - start)}`;
        }
        """;

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task What_is_looked_at_stays_where_it_is_while_older_messages_load_and_new_ones_come()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        for (var number = 1; number <= 120; number++) await lab["bob"].SendAsync("alice", $"number {number} of many");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text.StartsWith("number 120 ", StringComparison.Ordinal));
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.OpenAsync("bob");
        await Expect(alice.Messages).ToHaveCountAsync(50);
        await Expect(alice.Message("number 120 ")).ToBeInViewportAsync();
        await Expect(alice.Contact("bob").Locator(".count")).ToBeEmptyAsync();

        var log = alice.Page.Locator(".log");
        var looked = await log.EvaluateAsync<string>(First, 200);
        await Expect(alice.Messages).ToHaveCountAsync(100);
        Assert.Equal(looked, await log.EvaluateAsync<string>(First, null));
        await Expect(alice.Button("Latest messages")).ToBeVisibleAsync();

        await lab["bob"].SendAsync("alice", "a new one");
        await Expect(alice.Button("1 new message")).ToBeVisibleAsync();
        await lab["bob"].SendAsync("alice", "and another");
        await Expect(alice.Button("2 new messages")).ToBeVisibleAsync();
        await Expect(alice.Page).ToHaveTitleAsync("(2) NES");
        Assert.Equal(looked, await log.EvaluateAsync<string>(First, null));

        await alice.Button("2 new messages").ClickAsync();
        await Expect(alice.Message("and another")).ToBeInViewportAsync();
        await Expect(alice.Page.Locator(".latest")).ToBeHiddenAsync();
        await Expect(alice.Page).ToHaveTitleAsync("NES");

        // Who sends something wants to see it.
        await log.EvaluateAsync<string>(First, 200);
        await Expect(alice.Button("Latest messages")).ToBeVisibleAsync();
        await alice.SayAsync("an answer");
        await Expect(alice.Message("an answer")).ToBeInViewportAsync();
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task What_was_begun_stays_with_its_conversation_and_the_field_has_the_focus()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        foreach (var user in new[] { "bob", "carol" }) await lab[user].SendAsync("alice", $"from {user}");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");

        await alice.OpenAsync("bob");
        await Expect(alice.Field).ToBeFocusedAsync();
        await alice.Page.Keyboard.TypeAsync("for bob");
        await alice.Page.Keyboard.PressAsync("Shift+Enter");
        await alice.Page.Keyboard.TypeAsync("in two lines");
        await alice.OpenAsync("carol");
        await Expect(alice.Field).ToBeFocusedAsync();
        await Expect(alice.Field).ToHaveValueAsync("");
        await alice.Page.Keyboard.TypeAsync("for carol");
        await alice.OpenAsync("bob");
        await Expect(alice.Field).ToHaveValueAsync("for bob\nin two lines");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.StateAsync("for bob", "Delivered");
        await alice.OpenAsync("carol");
        await Expect(alice.Field).ToHaveValueAsync("for carol");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_time_is_written_as_people_here_do_and_pointing_at_it_tells_it_exactly()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        await lab["bob"].SendAsync("alice", "when?");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.OpenAsync("bob");
        var stored = Assert.Single(await lab["alice"].Messenger.HistoryAsync(lab["bob"].User, null, null, 10, default));

        var exactly = $"{stored.RecordedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z";
        foreach (var time in new[] { alice.Message("when?").Locator("time"), alice.Contact("bob").Locator("time") })
        {
            await Expect(time).ToHaveTextAsync($"{stored.RecordedAt.UtcDateTime:HH:mm}");
            await Expect(time).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex($"{stored.RecordedAt.UtcDateTime.Year} at .* \\({exactly}\\)$"));
        }
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Back_of_the_browser_leaves_a_conversation_and_a_reload_stays_in_it()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        foreach (var user in new[] { "bob", "carol" }) await lab[user].SendAsync("alice", $"from {user}");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice", width: 360);

        await alice.OpenAsync("bob");
        await Expect(alice.Message("from bob")).ToBeVisibleAsync();
        await alice.Page.ReloadAsync();
        await Expect(alice.Message("from bob")).ToBeVisibleAsync();
        Assert.Equal(gateway.Address.AbsoluteUri, alice.Page.Url);
        await alice.Page.EvaluateAsync("history.back()");
        await Expect(alice.Contact("bob")).ToBeVisibleAsync();
        await Expect(alice.Field).ToBeHiddenAsync();

        // Leaving by the page's own button takes the same way back: no entry is left behind for each conversation that was looked at.
        var length = await alice.Page.EvaluateAsync<int>("history.length");
        foreach (var user in new[] { "carol", "bob" })
        {
            await alice.OpenAsync(user);
            await Expect(alice.Message($"from {user}")).ToBeVisibleAsync();
            await alice.Button("Back to the contacts").ClickAsync();
            await Expect(alice.Contact("carol")).ToBeVisibleAsync();
        }
        Assert.Equal(length, await alice.Page.EvaluateAsync<int>("history.length"));
        await alice.OpenAsync("bob");
        await alice.Button("Sign out").ClickAsync();
        await Expect(alice.Page.GetByLabel("Token")).ToBeFocusedAsync();
        Assert.True(await alice.Page.EvaluateAsync<bool>("history.state === null"));
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Two_tabs_of_one_person_show_the_same()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var (one, other) = (await ChatPage.SignInAsync(browser, gateway, "alice"), await ChatPage.SignInAsync(browser, gateway, "alice"));
        await lab["bob"].SendAsync("alice", "to both");
        foreach (var tab in new[] { one, other }) await Expect(tab.Page).ToHaveTitleAsync("(1) NES");

        await one.OpenAsync("bob");
        await Expect(one.Message("to both")).ToBeVisibleAsync();
        foreach (var tab in new[] { one, other }) await Expect(tab.Page).ToHaveTitleAsync("NES");
        await one.SayAsync("from one tab");
        await other.OpenAsync("bob");
        await other.TextsAsync("to both", "from one tab");
        await other.StateAsync("from one tab", "Delivered");
        await other.SayAsync("from the other");
        await one.TextsAsync("to both", "from one tab", "from the other");
        await one.StateAsync("from the other", "Delivered");

        await one.Button("Sign out").ClickAsync();
        await Expect(one.Page.GetByLabel("Token")).ToBeVisibleAsync();
        await other.SayAsync("alone");
        await other.StateAsync("alone", "Delivered");
        Assert.Empty(one.Faults.Concat(other.Faults));
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_server_that_is_asked_too_much_is_asked_again_later_and_nothing_is_lost()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        await lab["bob"].SendAsync("alice", "before");
        var gateway = await lab.ServeAsync(request => request with { Limits = request.Limits with { Rate = 2, Burst = 60 } }, "alice");
        var token = await gateway.TokenAsync("alice", "send", "read", "admin");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(await browser.OpenAsync(gateway.Address), "alice", token);
        await alice.OpenAsync("bob");
        await Expect(alice.Message("before")).ToBeVisibleAsync();

        var script = gateway.With(token);
        for (var status = HttpStatusCode.OK; status != HttpStatusCode.TooManyRequests;)
        {
            using var answer = await script.GetAsync("/v1/identities");
            status = answer.StatusCode;
        }
        var texts = Enumerable.Range(1, 10).Select(number => $"text {number}.").ToArray();
        foreach (var text in texts) await alice.SayAsync(text);
        await Expect(alice.Page.Locator("article.waiting").First).ToContainTextAsync("Waits: ");
        foreach (var text in texts) await alice.StateAsync(text, "Delivered");
        await alice.TextsAsync(["before", .. texts]);
        Assert.Equal(texts, (await lab["bob"].Messenger.HistoryAsync(lab["alice"].User, null, null, 20, default)).Where(message => message.Direction == MessageDirection.Incoming).Select(message => message.Text));
        Assert.Empty(alice.Faults);
    }
}
