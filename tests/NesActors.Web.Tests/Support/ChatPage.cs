using Microsoft.Playwright;
using NesActors.Rest.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests.Support;

/// <summary>The page in the hands of somebody who is signed in.</summary>
internal sealed class ChatPage
{
    private readonly WatchedPage _watched;

    private ChatPage(WatchedPage watched) => _watched = watched;

    public IPage Page => _watched.Page;

    /// <summary>As <see cref="WatchedPage.Faults"/>.</summary>
    public IReadOnlyCollection<string> Faults => _watched.Faults;

    /// <summary>Where a message is written.</summary>
    public ILocator Field => Page.Locator("nes-composer textarea");

    /// <summary>All messages that are shown.</summary>
    public ILocator Messages => Page.Locator("article.message");

    /// <summary>What is open in front of the rest.</summary>
    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>Opens the page of a gateway in a lab, and signs in by a new token.</summary>
    public static async Task<ChatPage> SignInAsync(Browser browser, LabGateway gateway, string user, ColorScheme scheme = ColorScheme.Light, int width = 1100) =>
        await SignInAsync(await browser.OpenAsync(gateway.Address, scheme, width), user, await gateway.TokenAsync(user, "send", "read", "admin"));

    /// <summary>Signs in by a token.</summary>
    public static async Task<ChatPage> SignInAsync(WatchedPage watched, string user, string token)
    {
        var chat = new ChatPage(watched);
        await chat.SignInAsync(user, token);
        return chat;
    }

    /// <summary>Waits until a page that was opened by a link of <c>nes serve --open</c> is signed in.</summary>
    public static async Task<ChatPage> OfLinkAsync(WatchedPage watched, string user)
    {
        await Expect(watched.Page.Locator(".me")).ToHaveTextAsync(user);
        return new ChatPage(watched);
    }

    /// <summary>Signs in again.</summary>
    public async Task SignInAsync(string user, string token)
    {
        await Page.GetByLabel("Token").FillAsync(token);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".me")).ToHaveTextAsync(user);
    }

    /// <summary>Somebody in the list.</summary>
    public ILocator Contact(string user) => Page.Locator($".contact[data-user='{user}']");

    /// <summary>Opens the conversation with somebody who is in the list.</summary>
    public async Task OpenAsync(string user)
    {
        await Contact(user).ClickAsync();
        await Expect(Field).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Message to "));
    }

    /// <summary>Begins a conversation by a name.</summary>
    public async Task BeginAsync(string user)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Page.GetByLabel("Username").FillAsync(user);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Writes a message in the open conversation, and sends it.</summary>
    public async Task SayAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
        await Expect(Field).ToHaveValueAsync("");
    }

    /// <summary>A message by a part of its text.</summary>
    public ILocator Message(string text) => Messages.Filter(new() { Has = Page.Locator(".text", new() { HasTextString = text }) });

    /// <summary>Waits until a message of one's own has come so far.</summary>
    public Task StateAsync(string text, string state) => Expect(Message(text).Locator(".state")).ToHaveAttributeAsync("title", state);

    /// <summary>Waits until the conversation is this, and nothing of it is there twice.</summary>
    public Task TextsAsync(params string[] texts) => Expect(Page.Locator("article.message .text")).ToHaveTextAsync(texts);

    /// <summary>A button by its name.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
