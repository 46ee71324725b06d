using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.FrontEnd.Console.Chat.Layout;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

/// <summary>Strangers in a chat.</summary>
public sealed class RequestTests
{
    private static readonly Username Mallory = Username.Parse("mallory");
    private static readonly Fingerprint Keys = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private static readonly Contact Stranger = new(Mallory, TrustState.Pinned, Keys, null, 1);

    [Fact]
    public void Keeps_strangers_below_the_contacts_and_does_not_show_what_they_say()
    {
        var chat = Asked();
        Assert.Equal(["1 bob", "2 carol", "─ requests (1)", "3 mallory (1)"], List(chat));
        Assert.DoesNotContain("buy", chat.Screen, StringComparison.Ordinal);
        Assert.EndsWith(" 1 request", chat.Screen.Split('\n')[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("unread elsewhere", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_a_request_when_it_is_opened_and_says_what_to_do()
    {
        var chat = Asked().Open(Mallory);
        Assert.Contains("mallory > buy", chat.Screen, StringComparison.Ordinal);
        Assert.Contains("/accept or /block; answering accepts", chat.Screen.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_to_unread_messages_of_contacts_before_those_of_strangers()
    {
        var chat = Asked();
        chat.Receive(Chat.Carol, "hi");
        Assert.Equal(Chat.Carol, chat.Press(ChatKey.NextContact).State.Active);
        Assert.Equal(Mallory, chat.Press(ChatKey.NextContact).State.Active);
    }

    [Fact]
    public void Moves_a_stranger_up_once_accepted()
    {
        var chat = Asked().Open(Mallory).Enter("/accept");
        var accept = new ContactChange.Accept();
        Assert.Contains(new ChangeContact(Mallory, accept), chat.Effects);
        chat.Do(new ContactAnswered(Mallory, accept, Stranger with { Standing = ContactStanding.Accepted, Unread = 0 }));
        Assert.Equal(["1 bob", "2 carol", "3 mallory"], List(chat));
        Assert.Contains("mallory is one of your contacts now", chat.State.Shown!.Entries.OfType<NoticeEntry>().Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_the_blocked_out_but_for_who_all()
    {
        var chat = Asked();
        chat.Change(Stranger with { Standing = ContactStanding.Blocked });
        Assert.Equal(["1 bob", "2 carol"], List(chat));
        Assert.Contains("1 blocked: /who all", chat.Enter("/who").Screen, StringComparison.Ordinal);
        Assert.Contains("mallory, keys as first seen, BLOCKED", chat.Enter("/who all").Screen, StringComparison.Ordinal);
        Assert.Contains("BLOCKED: /unblock", chat.Open(Mallory).Screen.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_little_of_strangers_whom_nobody_looks_at()
    {
        var chat = Asked();
        for (var number = 0; number < 100; number++) chat.Receive(Mallory, $"{number}", isRequest: true);
        Assert.Equal(20, chat.State.Conversations[Mallory].Entries.Count);
    }

    [Fact]
    public void A_click_chooses_who_stands_in_the_row_and_nobody_on_the_line_between()
    {
        var chat = Asked();
        Assert.Equal([1, 2, null, 3, null], Enumerable.Range(0, 5).Select(row => ContactRows.PlaceAt(chat.State, row, 10)));
        Assert.Equal([null, 3], Enumerable.Range(0, 2).Select(row => ContactRows.PlaceAt(chat.Open(Mallory).State, row, 2)));
    }

    [Fact]
    public void Whoever_is_opened_by_name_is_no_request() => Assert.Equal(["1 bob", "2 carol", "3 dave"], List(People().Open(Username.Parse("dave"))));

    private static Chat People()
    {
        var chat = new Chat(width: 90, height: 20).Open(Chat.Bob);
        chat.Change(new Contact(Chat.Bob, TrustState.Pinned, Keys, null, 0) { Standing = ContactStanding.Accepted });
        chat.Change(new Contact(Chat.Carol, TrustState.Pinned, Keys, null, 0) { Standing = ContactStanding.Accepted });
        return chat;
    }

    private static Chat Asked()
    {
        var chat = People();
        chat.Change(Stranger);
        chat.Receive(Mallory, "buy my things", isRequest: true);
        return chat;
    }

    /// <summary>The contact list without fillers.</summary>
    private static IEnumerable<string> List(Chat chat) => chat.Screen.Split('\n')[1..^2].Select(row => row.Split('│')[0].TrimEnd('─', ' '))
        .Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(row => row.Length > 0);
}
