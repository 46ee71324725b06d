using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

/// <summary>What a person decides about the contact that is shown.</summary>
public sealed class DecisionTests
{
    private static readonly Fingerprint Keys = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private static readonly Fingerprint Others = new(string.Concat(Enumerable.Repeat("fedcba9876543210", 4)));
    private static readonly Contact Bob = new(Chat.Bob, TrustState.Pinned, Keys, null, 0) { Standing = ContactStanding.Accepted };
    private static readonly SafetyNumber Number = SafetyNumber.Of(Chat.Alice, Chat.AliceKeys, Chat.Bob, Keys);

    public static TheoryData<string, ContactChange> Commands => new()
    {
        { "/accept", new ContactChange.Accept() },
        { "/BLOCK", new ContactChange.Block() },
        { "/unblock", new ContactChange.Unblock() },
        { "/alias The boss", new ContactChange.Rename("The boss") },
        { "/alias", new ContactChange.Rename(null) },
        { "/verify yes", new ContactChange.Verify(Keys, true) },
        { "/verify no", new ContactChange.Verify(Keys, false) },
        { "/receipts read ON", new ContactChange.SendReadReceipts(true) },
        { "/receipts delivery off", new ContactChange.SendDeliveryReceipts(false) },
        { "/receipts  delivery default", new ContactChange.SendDeliveryReceipts(null) },
        { "/forget bob", new ContactChange.Forget() },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Asks_the_session_for_what_was_decided(string line, ContactChange change) => Assert.Contains(new ChangeContact(Chat.Bob, change), Talking().Enter(line).Effects);

    [Theory]
    [InlineData("/accept")]
    [InlineData("/trust")]
    [InlineData("/verify")]
    [InlineData("/forget")]
    [InlineData("/receipts")]
    public void Needs_a_conversation_that_is_shown(string line) => Assert.Contains("/chat NAME opens one", new Chat(width: 90).Enter(line).Screen, StringComparison.Ordinal);

    [Fact]
    public void Tells_what_the_contact_is_told_and_how_to_change_it()
    {
        Assert.Contains("bob is told what has arrived where the setting DELIVERY_RECEIPTS says so", Talking().Enter("/receipts").Screen, StringComparison.Ordinal);
        Assert.Contains("each with on, off or default", Talking().Enter("/receipts off").Screen, StringComparison.Ordinal);
        var answered = Talking().Do(new ContactAnswered(Chat.Bob, new ContactChange.SendDeliveryReceipts(false), Bob with { DeliveryReceipts = false }));
        Assert.Contains("bob is told neither what has arrived nor what you have read", answered.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_safety_number_in_groups() =>
        Assert.All(Number.ToGroups().Split(' ').Chunk(4), row => Assert.Contains(string.Join(' ', row), Talking().Enter("/verify").Screen, StringComparison.Ordinal));

    [Fact]
    public void Marks_as_verified_by_the_right_number_alone()
    {
        var chat = Talking().Enter($"/verify {Number.ToGroups()}");
        Assert.Contains(new ChangeContact(Chat.Bob, new ContactChange.Verify(Keys, true)), chat.Effects);
        var other = Talking().Enter($"/verify {SafetyNumber.Of(Chat.Alice, Chat.AliceKeys, Chat.Bob, Others)}");
        Assert.Empty(other.Effects.OfType<ChangeContact>());
        Assert.Contains("THE NUMBERS DIFFER", other.Screen, StringComparison.Ordinal);
        Assert.Contains("/verify takes yes, no", Talking().Enter("/verify 12345").Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_there_is_nothing_to_compare_before_keys_were_seen() =>
        Assert.Contains("No keys of carol were seen yet", new Chat(width: 100).Open(Chat.Carol).Enter("/verify yes").Screen, StringComparison.Ordinal);

    [Fact]
    public void Marks_a_verified_contact_in_the_list_and_in_the_title()
    {
        var chat = Talking().Open(Chat.Carol);
        chat.Change(Bob with { IsVerified = true });
        Assert.Contains("1◆bob", chat.Screen, StringComparison.Ordinal);
        Assert.Contains("verified ◆ keys 0123 4567", chat.Open(Chat.Bob).Screen.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_an_alias_made_safe_and_with_the_name_in_the_title()
    {
        var chat = Talking().Open(Chat.Carol).Open(Chat.Bob);
        chat.Change(Bob with { Alias = "The \u001b[31mboss" });
        Assert.Contains("1 The ␛[31mboss", chat.Screen, StringComparison.Ordinal);
        Assert.StartsWith(" The ␛[31mboss (bob)", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_no_alias_that_is_another_contact_s_name()
    {
        var chat = Talking().Open(Chat.Carol).Enter("/alias Bob");
        Assert.Empty(chat.Effects.OfType<ChangeContact>());
        Assert.Contains("another contact's name: bob", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgets_only_whose_name_was_typed()
    {
        var chat = Talking().Enter("/forget");
        Assert.Empty(chat.Effects.OfType<ChangeContact>());
        Assert.Contains("type /forget bob", chat.Screen, StringComparison.Ordinal);
        chat.Do(new ContactAnswered(Chat.Bob, new ContactChange.Forget(), new Contact(Chat.Bob, TrustState.Unseen, null, null, 0)));
        chat.Change(new Contact(Chat.Bob, TrustState.Unseen, null, null, 0));
        Assert.Null(chat.State.Active);
        Assert.Contains("All that was known of bob is forgotten", chat.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("1 bob", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_why_something_does_not_apply() =>
        Assert.Contains("still waits to go out", Talking().Do(new ContactAnswered(Chat.Bob, new ContactChange.Forget(), null)).Screen, StringComparison.Ordinal);

    [Fact]
    public void Tells_of_keys_that_were_accepted_because_the_old_ones_signed_them()
    {
        var chat = Talking();
        chat.Change(Bob with { IsVerified = true });
        chat.Change(Bob with { Pinned = Others, PinnedBy = PinOrigin.SignedChange });
        var notice = Assert.Single(chat.State.Shown!.Entries.OfType<NoticeEntry>()).Text;
        Assert.Contains("the old ones signed the new ones", notice, StringComparison.Ordinal);
        Assert.Contains("verified no longer", notice, StringComparison.Ordinal);
    }

    private static Chat Talking()
    {
        var chat = new Chat(width: 110, height: 30).Open(Chat.Bob);
        chat.Change(Bob);
        return chat;
    }
}
