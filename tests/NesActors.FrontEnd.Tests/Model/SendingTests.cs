using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

public sealed class SendingTests
{
    [Fact]
    public void Sends_what_was_typed_and_clears_the_input()
    {
        var chat = new Chat().Open(Chat.Bob).Enter("Hello 日本 👋");
        Assert.Contains(new SendText(Chat.Bob, "Hello 日本 👋"), chat.Effects);
        Assert.Equal("", chat.State.Input.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Sends_nothing_where_nothing_was_typed(string text)
    {
        var chat = new Chat().Open(Chat.Bob).Enter(text);
        Assert.Empty(chat.Effects.OfType<SendText>());
    }

    [Fact]
    public void Keeps_the_lines_of_a_pasted_text_and_sends_them_as_one()
    {
        var chat = new Chat().Open(Chat.Bob).Do(new Pasted("one\r\ntwo\n\tthree\u001b[2J"));
        Assert.Empty(chat.Effects.OfType<SendText>());
        chat.Press(ChatKey.Send);
        Assert.Contains(new SendText(Chat.Bob, "one\ntwo\n\tthree[2J"), chat.Effects);
    }

    [Fact]
    public void Refuses_what_is_longer_than_a_message_may_be_and_says_so()
    {
        var chat = new Chat(width: 120).Open(Chat.Bob).Do(new Pasted(new string('x', Message.MaxTextBytes)), new Typed("é"));
        Assert.Equal(Message.MaxTextBytes, chat.State.Input.Bytes);
        Assert.Contains("65,538 bytes, and 65,536 is the most", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Sends_a_text_that_begins_with_a_slash_by_two_of_them() =>
        Assert.Contains(new SendText(Chat.Bob, "/etc/passwd"), new Chat().Open(Chat.Bob).Enter("//etc/passwd").Effects);

    [Fact]
    public void Gives_back_a_text_that_the_session_did_not_take()
    {
        var chat = new Chat().Open(Chat.Bob).Do(new SendRefused(Chat.Bob, "my text", "bad \u001b[2J"));
        Assert.Equal("my text", chat.State.Input.Text);
        Assert.Contains("Not sent to bob: bad ␛[2J", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_nobody_is_chosen()
    {
        var chat = new Chat().Enter("hello");
        Assert.Empty(chat.Effects);
        Assert.Contains("/chat NAME", chat.Screen, StringComparison.Ordinal);
        Assert.Equal("hello", chat.State.Input.Text);
    }

    [Fact]
    public void Shows_how_each_message_goes_on()
    {
        var chat = new Chat().Open(Chat.Bob);
        var waiting = chat.Sent(Chat.Bob, "first");
        chat.Sent(Chat.Bob, "second", MessageState.Failed, SendFailure.UnknownUser);
        chat.Sent(Chat.Bob, "third", MessageState.Unknown);
        chat.Sent(Chat.Bob, "fourth");
        chat.Change(waiting with { State = MessageState.Published });
        Assert.Equal("""
            ── Sunday, 22 November 2026 ───────────────────────────────
            13:00 ✓ alice > first
            13:00 ✗ alice > second
                    not sent: the key directory knows no bob
            13:00 ? alice > third
                    the connection broke while it was sent: nobody can
                    know whether it arrived
            13:00 … alice > fourth
            """, chat.Conversation);
    }

    [Fact]
    public void Marks_what_was_delivered_even_where_nobody_knew_whether_it_left()
    {
        var chat = new Chat().Open(Chat.Bob);
        var message = chat.Sent(Chat.Bob, "hello", MessageState.Unknown);
        chat.Change(message with { State = MessageState.Delivered });
        chat.Change(message with { State = MessageState.Published });
        Assert.Contains("13:00✓✓ alice > hello", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_shows_an_older_state_when_the_log_is_read_from_its_beginning()
    {
        var chat = new Chat().Open(Chat.Bob);
        var message = chat.Sent(Chat.Bob, "hello", MessageState.Published);
        chat.Change(message with { State = MessageState.Queued });
        Assert.Contains("✓ alice > hello", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Recalls_what_was_typed_before()
    {
        var chat = new Chat().Open(Chat.Bob).Enter("one").Enter("two").Do(new Typed("unsent")).Press(ChatKey.Up);
        Assert.Equal("two", chat.State.Input.Text);
        Assert.Equal("one", chat.Press(ChatKey.Up, ChatKey.Up).State.Input.Text);
        Assert.Equal("unsent", chat.Press(ChatKey.Down, ChatKey.Down, ChatKey.Down).State.Input.Text);
    }
}
