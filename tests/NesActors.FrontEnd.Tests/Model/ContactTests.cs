using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

public sealed class ContactTests
{
    private static readonly Fingerprint Known = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private static readonly Fingerprint Offered = new(string.Concat(Enumerable.Repeat("fedcba9876543210", 4)));
    private static readonly Contact Changed = new(Chat.Bob, TrustState.Changed, Known, Offered, 0);

    [Fact]
    public void Asks_for_the_history_once_and_marks_read_each_time_a_conversation_is_opened()
    {
        var chat = new Chat().Open(Chat.Bob).Open(Chat.Carol).Open(Chat.Bob);
        Assert.Single(chat.Effects, new LoadHistory(Chat.Bob, null));
        Assert.Equal(2, chat.Effects.Count(effect => effect == new MarkRead(Chat.Bob)));
    }

    [Fact]
    public void Counts_what_others_say_meanwhile_until_it_is_looked_at()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Carol, "one");
        chat.Receive(Chat.Carol, "two");
        Assert.Matches(@"2 carol +\(2\)│", chat.Screen);
        Assert.Contains("2 unread elsewhere", chat.Screen, StringComparison.Ordinal);
        chat.Press(ChatKey.NextContact);
        Assert.Equal(Chat.Carol, chat.State.Active);
        Assert.Equal(0, chat.State.UnreadElsewhere);
        Assert.Contains(new MarkRead(Chat.Carol), chat.Effects);
    }

    [Fact]
    public void Counts_no_message_twice_however_the_session_tells_of_it()
    {
        var chat = new Chat().Open(Chat.Bob);
        var carol = new Contact(Chat.Carol, TrustState.Pinned, Known, null, 1) { Standing = ContactStanding.Accepted };
        chat.Change(carol);
        var message = chat.Receive(Chat.Carol, "one");
        chat.Do(new Happened(new MessageReceived(9, message.RecordedAt, message)));
        Assert.Equal(1, chat.State.UnreadElsewhere);
        chat.Change(carol with { Unread = 0 });
        Assert.Equal(0, chat.State.UnreadElsewhere);
    }

    [Fact]
    public void Keeps_what_was_typed_for_each_contact()
    {
        var chat = new Chat().Open(Chat.Bob).Do(new Typed("for bob")).Open(Chat.Carol);
        Assert.Equal("", chat.State.Input.Text);
        Assert.Equal("for bob", chat.Open(Chat.Bob).State.Input.Text);
    }

    [Fact]
    public void Goes_round_the_contacts_and_picks_by_number()
    {
        var chat = new Chat().Open(Chat.Bob).Open(Chat.Carol).Press(ChatKey.NextContact);
        Assert.Equal(Chat.Bob, chat.State.Active);
        Assert.Equal(Chat.Carol, chat.Press(ChatKey.PreviousContact).State.Active);
        Assert.Equal(Chat.Bob, chat.Do(new Picked(1)).State.Active);
        Assert.Equal(Chat.Bob, chat.Do(new Picked(7)).State.Active);
    }

    [Fact]
    public void Opens_anybody_by_name()
    {
        var chat = new Chat().Enter("/chat Dave");
        Assert.Equal(Username.Parse("dave"), chat.State.Active);
        Assert.Contains("3 to 32 characters", chat.Enter("/chat ../etc").Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_once_how_far_new_keys_are_vouched_for()
    {
        var chat = new Chat(width: 100, height: 30).Open(Chat.Bob);
        chat.Change(new Contact(Chat.Bob, TrustState.Pinned, Known, null, 0) { Vouched = Vouching.Plain });
        chat.Change(new Contact(Chat.Bob, TrustState.Pinned, Known, null, 1) { Vouched = Vouching.Plain });
        Assert.Contains("does not prove", Assert.Single(chat.State.Shown!.Entries.OfType<NoticeEntry>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_of_changed_keys_once_and_as_long_as_they_are_not_accepted()
    {
        var chat = new Chat(width: 100, height: 30).Open(Chat.Bob);
        chat.Change(Changed);
        chat.Change(Changed);
        Assert.Contains("KEYS CHANGED", chat.Screen, StringComparison.Ordinal);
        Assert.Single(chat.State.Shown!.Entries.OfType<NoticeEntry>());
        chat.Change(new Contact(Chat.Bob, TrustState.Pinned, Offered, null, 0));
        Assert.DoesNotContain("KEYS CHANGED", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_both_fingerprints()
    {
        var chat = new Chat(width: 100, height: 30).Open(Chat.Bob);
        chat.Change(Changed);
        var screen = chat.Enter("/trust").Screen;
        Assert.Equal(2, screen.Split('\n').Count(line => line.Trim() == "0123 4567 89ab cdef 0123 4567 89ab cdef"));
        Assert.Equal(2, screen.Split('\n').Count(line => line.Trim() == "fedc ba98 7654 3210 fedc ba98 7654 3210"));
    }

    [Theory]
    [InlineData("fedc ba98 7654 3210")]
    [InlineData("FEDCBA9876543210FEDC")]
    public void Accepts_the_keys_on_offer_by_the_start_of_their_fingerprint(string typed)
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Change(Changed);
        Assert.Contains(new ChangeContact(Chat.Bob, new ContactChange.AcceptKeys(Offered)), chat.Enter("/trust " + typed).Effects);
    }

    [Theory]
    [InlineData("fedc ba98")]
    [InlineData("0123456789abcdef")]
    [InlineData("yes")]
    public void Accepts_nothing_by_too_few_or_by_other_digits(string typed)
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Change(Changed);
        Assert.Empty(chat.Enter("/trust " + typed).Effects.OfType<ChangeContact>());
    }

    [Fact]
    public void Marks_what_came_under_changed_keys()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, "it is me", underChangedKey: true);
        Assert.Contains("! bob   > it is me", chat.Screen, StringComparison.Ordinal);
        Assert.Contains("signed with CHANGED keys", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_what_is_out_of_time()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, "again", late: TimeSpan.FromDays(30), isOutOfTime: true);
        Assert.Contains("! bob   > again", chat.Screen, StringComparison.Ordinal);
        Assert.Contains("OUT OF TIME", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_how_the_connection_is()
    {
        var chat = new Chat().Do(new Happened(new ConnectionChanged(1, default, ConnectionState.Reconnecting, "timed \u001bout")));
        Assert.Contains("alice · connection lost: timed ␛out", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_fits_80_columns_and_says_what_the_marks_mean()
    {
        var (narrow, wide) = (new Chat(width: 80, height: 30).Enter("/help").Conversation, new Chat(width: 200, height: 30).Enter("/help").Conversation);
        Assert.Equal(Rows(wide), Rows(narrow));
        Assert.Contains("✓✓ delivered, ✓✓ read (if told)", narrow, StringComparison.Ordinal);

        static IEnumerable<string> Rows(string screen) => screen.Split('\n').Select(row => row.TrimEnd(' ', '─', '│'));
    }

    [Fact]
    public void Lists_the_commands_and_says_what_it_does_not_know()
    {
        var chat = new Chat(width: 90, height: 30).Enter("/help");
        Assert.Contains("/trust [FINGERPRINT]", chat.Screen, StringComparison.Ordinal);
        Assert.Contains("no command /frob", chat.Enter("/frob").Screen, StringComparison.Ordinal);
        Assert.Contains(new Leave(), chat.Enter("/quit").Effects);
        Assert.Contains(new AskStatus(), chat.Enter("/status").Effects);
    }
}
