using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach.Wire;

namespace NesActors.Core.Tests.Attach;

/// <summary>What goes over the socket is read as it was written: every member of every enumeration, every event and decision, with and without what may be missing.</summary>
public sealed class WireTests
{
    private static readonly Username Ben = Username.Parse("ben");
    private static readonly Fingerprint Keys = new(new string('a', Fingerprint.Length));
    private static readonly DateTimeOffset At = new(2026, 11, 23, 10, 15, 0, 123, TimeSpan.Zero);
    private static readonly StoredMessage Plain = new(MessageId.New(TimeProvider.System), Ben, MessageDirection.Outgoing, At, At.AddSeconds(1), "Grüße \u0000 \U0001F600", MessageState.Queued);

    [Fact]
    public void Messages_in_every_state()
    {
        foreach (var state in Enum.GetValues<MessageState>())
            foreach (var failure in Enum.GetValues<SendFailure>())
                foreach (var direction in Enum.GetValues<MessageDirection>())
                    Same(Plain with { State = state, Failure = failure, Direction = direction, Detail = "why" }, MessageWire.Write, MessageWire.Read);
        foreach (var mark in typeof(StoredMessage).GetProperties().Where(property => property.PropertyType == typeof(bool)))
        {
            var marked = Plain with { Detail = null };
            mark.SetValue(marked, true);
            Same(marked, MessageWire.Write, MessageWire.Read);
        }
        Same(null, MessageWire.WriteOptional, MessageWire.ReadOptional);
    }

    [Fact]
    public void Contacts_of_every_kind()
    {
        Assert.All(Contacts(), contact => Same(contact, ContactWire.Write, ContactWire.Read));
        // One that was added is among them too.
        var others = typeof(Contact).GetProperties().Where(property => property.Name is not (nameof(Contact.User) or nameof(Contact.Unread)));
        Assert.All(others, property => Assert.Contains(Contacts(), contact => !Equals(property.GetValue(contact), property.GetValue(Contacts().First()))));
    }

    [Fact]
    public void Look_ups_with_every_failure() => Assert.All(
        Enum.GetValues<SendFailure>(), failure => Same(new KeyLookUp(Contacts().Last(), failure, "why"), ContactWire.WriteLookUp, ContactWire.ReadLookUp));

    [Fact]
    public void Every_decision_about_a_contact()
    {
        ContactChange[] changes =
        [
            new ContactChange.Accept(), new ContactChange.Block(), new ContactChange.Unblock(), new ContactChange.Rename("Benno"), new ContactChange.Rename(null), new ContactChange.AcceptKeys(Keys),
            new ContactChange.AcceptOlderSuite(), new ContactChange.Verify(Keys, true), new ContactChange.SendReadReceipts(false), new ContactChange.SendReadReceipts(null), new ContactChange.SendDeliveryReceipts(true), new ContactChange.SendDeliveryReceipts(null),
            new ContactChange.Import(Contacts().Last()), new ContactChange.Forget(),
        ];
        Assert.Equal(typeof(ContactChange).GetNestedTypes().Length, changes.Select(change => change.GetType()).Distinct().Count());
        Assert.All(changes, change => Same(change, ContactChangeWire.Write, ContactChangeWire.Read));
    }

    [Fact]
    public void Every_event()
    {
        List<MessengerEvent> events = [new MessageReceived(7, At, Plain), new MessageStateChanged(8, At, Plain), new ContactChanged(9, At, Contacts().Last())];
        events.AddRange(Enum.GetValues<ConnectionState>().Select(state => new ConnectionChanged(10, At, state, "why")));
        events.AddRange(Enum.GetValues<TransportFailure>().Select(failure => new ConnectionChanged(11, At, ConnectionState.Reconnecting, null) { Failure = failure }));
        var kinds = typeof(MessengerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MessengerEvent)));
        Assert.Equal(kinds.Order(Comparer<Type>.Create(ByName)), events.Select(happened => happened.GetType()).Distinct().Order(Comparer<Type>.Create(ByName)));
        Assert.All(events, happened => Same(happened, EventWire.Write, EventWire.Read));
        var page = Read(Bytes(new EventPage(events, 11, 12), EventWire.WritePage), EventWire.ReadPage);
        Assert.Equal(events, page.Events);
        Assert.Equal((11L, 12L), (page.Position, page.Newest));
    }

    [Fact]
    public void The_status_with_every_reason()
    {
        var status = new MessengerStatus(Ben, ConnectionState.Online, null, 1, 2, 3, Enum.GetValues<DropReason>().ToDictionary(reason => reason, reason => (long)reason + 1)) { Failure = TransportFailure.Refused };
        var read = Read(Bytes(status, StatusWire.Write), StatusWire.Read);
        Assert.Equal(status.Dropped, read.Dropped);
        Assert.Equal(status, read with { Dropped = status.Dropped });
    }

    [Fact]
    public void Requests_and_failures()
    {
        var id = MessageId.New(TimeProvider.System);
        Same(new Wait(id, MessageState.Delivered, TimeSpan.FromSeconds(1.5)), (to, wait) => wait.Write(to), Wait.Read);
        Same(new Search("a", null, id, 5), (to, search) => search.Write(to), Search.Read);
        Same(new Search("a", Ben, null, 5), (to, search) => search.Write(to), Search.Read);
        Same(new Disappear(Ben, TimeSpan.FromDays(3)), (to, disappear) => disappear.Write(to), Disappear.Read);
        Assert.All(Enum.GetValues<FailureKind>(), kind => Same(new Failure(kind, "why"), Failure.Write, Failure.Read));
    }

    [Fact]
    public void A_message_cut_short_anywhere_cannot_be_read()
    {
        var whole = Bytes(Plain with { Detail = "why" }, MessageWire.Write);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.True(Fields.IsUnreadable(Assert.ThrowsAny<Exception>(() => Read(whole[..length], MessageWire.Read)))));
    }

    [Theory]
    [InlineData("02")]
    [InlineData("ff")]
    public void A_truth_value_that_is_none_cannot_be_read(string hex) => Assert.Throws<InvalidDataException>(() => Read(Convert.FromHexString(hex), Fields.Flag));

    [Theory]
    [InlineData("ffffffff")]
    [InlineData("00000080")]
    public void A_count_below_zero_cannot_be_read(string hex) => Assert.Throws<InvalidDataException>(() => Read(Convert.FromHexString(hex), MessageWire.ReadList));

    [Theory]
    [InlineData("ffffffff7f", "a text of two gigabytes that is not there")]
    [InlineData("02c328", "no UTF-8")]
    [InlineData("092e2e2f2e2e2f657463", "no username")]
    public void A_name_that_is_none_cannot_be_read(string hex, string because) =>
        Assert.True(Fields.IsUnreadable(Assert.ThrowsAny<Exception>(() => Read(Convert.FromHexString(hex), from => (object)from.User()))), because);

    [Fact]
    public void No_request_shows_its_text()
    {
        Assert.DoesNotContain("secret", new Send(MessageId.New(TimeProvider.System), Ben, "secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new Search("secret", Ben, null, 1).ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<Contact> Contacts()
    {
        var bare = new Contact(Ben, TrustState.Unseen, null, null, 3);
        foreach (var trust in Enum.GetValues<TrustState>()) yield return bare with { Trust = trust };
        foreach (var vouched in Enum.GetValues<Vouching>()) yield return bare with { Vouched = vouched };
        foreach (var pinned in Enum.GetValues<PinOrigin>()) yield return bare with { PinnedBy = pinned };
        foreach (var refusal in Enum.GetValues<SuiteRefusal>()) yield return bare with { SuiteRefusal = refusal };
        foreach (var standing in Enum.GetValues<ContactStanding>()) yield return bare with { Standing = standing };
        yield return bare with { Pinned = Keys, Offered = Keys, IsVerified = true, Suite = "nes2", SuiteKeys = Keys, OfferedSuite = "nes3", Alias = "Benno", ReadReceipts = false, WithheldSuite = "nes4", DeliveryReceipts = true, DisappearAfter = TimeSpan.FromDays(45) };
    }

    private static int ByName(Type one, Type other) => string.CompareOrdinal(one.Name, other.Name);

    private static void Same<T>(T value, Action<BinaryWriter, T> write, Func<BinaryReader, T> read) => Assert.Equal(value, Read(Bytes(value, write), read));

    private static byte[] Bytes<T>(T value, Action<BinaryWriter, T> write)
    {
        using var bytes = new MemoryStream();
        using var writer = Fields.Writer(bytes);
        write(writer, value);
        return bytes.ToArray();
    }

    private static T Read<T>(byte[] bytes, Func<BinaryReader, T> read)
    {
        using var from = new MemoryStream(bytes);
        using var reader = Fields.Reader(from);
        var value = read(reader);
        Assert.Equal(bytes.Length, from.Position);
        return value;
    }
}
