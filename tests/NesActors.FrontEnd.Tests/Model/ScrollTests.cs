using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

public sealed class ScrollTests
{
    [Fact]
    public void Shows_older_messages_page_by_page_and_asks_for_more_at_the_top()
    {
        var chat = Opened();
        Assert.Contains("number 200", chat.Screen, StringComparison.Ordinal);
        chat.Press(ChatKey.PageUp);
        Assert.DoesNotContain("number 200", chat.Screen, StringComparison.Ordinal);
        Assert.Contains("number 185", chat.Screen, StringComparison.Ordinal);
        for (var page = 0; page < 20; page++) chat.Press(ChatKey.PageUp);
        Assert.Contains("number 101", chat.Screen, StringComparison.Ordinal);
        var load = Assert.Single(chat.Effects.OfType<LoadHistory>(), load => load.Before is not null);
        Assert.Equal(chat.State.Shown!.Oldest, load.Before);

        chat.Do(new HistoryArrived(Chat.Bob, chat.History(Chat.Bob, 1, 100), IsAll: true)).Press(ChatKey.PageUp);
        Assert.Contains("number 95", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Stays_where_it_is_when_messages_come_below()
    {
        var chat = Opened().Press(ChatKey.PageUp);
        var before = chat.Conversation;
        chat.Receive(Chat.Bob, "new\nin three\nlines");
        chat.Receive(Chat.Bob, "newer");
        Assert.Equal(before, chat.Conversation);
        Assert.Contains("2 new below", chat.Screen, StringComparison.Ordinal);
        chat.Press(ChatKey.PageDown, ChatKey.PageDown);
        Assert.Contains("newer", chat.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("new below", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_to_the_end_when_something_is_sent()
    {
        var chat = Opened().Do(new Wheeled(6)).Enter("hello");
        chat.Sent(Chat.Bob, "hello");
        Assert.Contains("hello", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_scrolls_beyond_either_end()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, "alone");
        chat.Do(new Wheeled(100), new Wheeled(-100), new Wheeled(-100));
        Assert.Contains("alone", chat.Screen, StringComparison.Ordinal);
        chat.Do(new Resized(20, 2));
        Assert.Equal(2, chat.Screen.Split('\n').Length);
    }

    [Fact]
    public void Puts_history_and_events_in_one_order_without_repeats()
    {
        var chat = new Chat().Open(Chat.Bob);
        var message = chat.Receive(Chat.Bob, "number 200");
        chat.Do(new HistoryArrived(Chat.Bob, [.. chat.History(Chat.Bob, 198, 199), message], IsAll: true));
        Assert.Equal(["number 198", "number 199", "number 200"], chat.State.Shown!.Entries.OfType<MessageEntry>().Select(entry => entry.Message.Text));
    }

    [Fact]
    public void Keeps_no_more_at_hand_than_its_limit()
    {
        var chat = new Chat().Open(Chat.Bob);
        for (var number = 0; number < Conversation.MaxEntries + 10; number++) chat.Receive(Chat.Bob, $"{number}");
        Assert.Equal(Conversation.MaxEntries, chat.State.Shown!.Entries.Count);
        Assert.True(chat.State.Shown.HasOlder);
    }

    private static Chat Opened()
    {
        var chat = new Chat().Open(Chat.Bob);
        return chat.Do(new HistoryArrived(Chat.Bob, chat.History(Chat.Bob, 101, 200), IsAll: false));
    }
}
