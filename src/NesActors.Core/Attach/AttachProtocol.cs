using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Attach;

/// <summary>
/// What goes over the socket: HTTP/1.1, each call a POST of a JSON object to a path of its own, the answer JSON too; events are lines of JSON without end. Both ends
/// are the same version of the program, so nothing here needs to last.
/// </summary>
internal static class AttachProtocol
{
    /// <summary>The header of each request that names the version of the one who asks, see <see cref="OwnerInfo.ProgramVersion"/>.</summary>
    public const string VersionHeader = "NES-Version";

    /// <summary>A text of 64 KiB in which each byte is escaped as <c>\u0000</c>, and what stands around it.</summary>
    public const int MaxRequestBytes = 512 * 1024;

    public static class Paths
    {
        public const string Session = "/session", Send = "/send", Settle = "/settle", Wait = "/wait", Unread = "/unread", Events = "/events", EventPage = "/event-page", Find = "/find", History = "/history", Search = "/search",
            DeleteMessage = "/delete-message", DeleteConversation = "/delete-conversation", Disappear = "/disappear", Contacts = "/contacts", MarkRead = "/mark-read",
            Contact = "/contact", ChangeContact = "/change-contact", LookUp = "/look-up", Status = "/status";
    }

    public sealed record Nothing;

    public sealed record OfMessage(MessageId Id);

    public sealed record OfContact(Username Contact);

    public sealed record Send(MessageId Id, Username To, string Text)
    {
        /// <summary>The most that it takes as JSON: the text escaped, and what stands around it.</summary>
        internal int MaxBytes => (6 * Text.Length) + 256;
    }

    /// <summary>In the order in which they are to leave.</summary>
    public sealed record Sends(IReadOnlyList<Send> All);

    public sealed record Settle(MessageId Id, TimeSpan Timeout);

    public sealed record Wait(MessageId Id, MessageState Until, TimeSpan Timeout);

    public sealed record Unread(int Limit);

    public sealed record MarkRead(Username Contact, MessageId? UpTo);

    public sealed record Events(long After);

    public sealed record OfEventPage(long After, int Limit, bool ArrivalsOnly);

    public sealed record History(Username Contact, MessageId? Before, MessageId? After, int Limit);

    public sealed record Search(string Text, Username? Contact, MessageId? Before, int Limit);

    public sealed record Disappear(Username Contact, TimeSpan? After);

    public sealed record ChangeContact(Username Contact, Decision Decision);

    public sealed record Changed(Contact? Contact);

    /// <param name="Owner">Who answers.</param>
    /// <param name="Cursor">The newest position in the log of events.</param>
    /// <param name="Fingerprint">Of the user's own keys.</param>
    public sealed record Greeting(OwnerInfo Owner, long Cursor, Fingerprint Fingerprint);

    public sealed record Found(StoredMessage? Message);

    public sealed record Failure(FailureKind Kind, string Message);

    /// <summary>One of them is there.</summary>
    public sealed record EventLine(MessageReceived? Received, MessageStateChanged? State, ContactChanged? Contact, ConnectionChanged? Connection)
    {
        public static EventLine Of(MessengerEvent happened) => new(
            happened as MessageReceived, happened as MessageStateChanged, happened as ContactChanged, happened as ConnectionChanged);

        public MessengerEvent? ToEvent() => Received ?? State ?? Contact ?? (MessengerEvent?)Connection;
    }

    public sealed record EventLines(IReadOnlyList<EventLine> Events, long Position, long Newest)
    {
        public static EventLines Of(EventPage page) => new([.. page.Events.Select(EventLine.Of)], page.Position, page.Newest);

        /// <summary><see langword="null"/> where a line is none.</summary>
        public EventPage? ToPage() => Events.Select(line => line?.ToEvent()).ToList() is var events && events.TrueForAll(happened => happened is not null) ? new EventPage(events!, Position, Newest) : null;
    }

    /// <summary>One of them is there.</summary>
    public sealed record Decision(
        ContactChange.Accept? Accept, ContactChange.Block? Block, ContactChange.Unblock? Unblock, ContactChange.Rename? Rename, ContactChange.AcceptKeys? AcceptKeys,
        ContactChange.Verify? Verify, ContactChange.SendReadReceipts? SendReadReceipts, ContactChange.Import? Import, ContactChange.Forget? Forget,
        ContactChange.AcceptOlderSuite? AcceptOlderSuite, ContactChange.SendDeliveryReceipts? SendDeliveryReceipts)
    {
        public static Decision Of(ContactChange change) => new(
            change as ContactChange.Accept, change as ContactChange.Block, change as ContactChange.Unblock, change as ContactChange.Rename, change as ContactChange.AcceptKeys,
            change as ContactChange.Verify, change as ContactChange.SendReadReceipts, change as ContactChange.Import, change as ContactChange.Forget,
            change as ContactChange.AcceptOlderSuite, change as ContactChange.SendDeliveryReceipts);

        public ContactChange? ToChange() =>
            Accept ?? Block ?? Unblock ?? Rename ?? AcceptKeys ?? Verify ?? SendReadReceipts ?? Import ?? Forget ?? AcceptOlderSuite ?? (ContactChange?)SendDeliveryReceipts;
    }

    /// <summary>Which exception it is at the other end.</summary>
    public enum FailureKind
    {
        /// <summary>The session has ended.</summary>
        Ended,

        /// <summary>The program is of another version.</summary>
        Version,

        /// <summary>No such message.</summary>
        NotFound,

        /// <summary>An argument is wrong, or the request as a whole.</summary>
        Argument,

        /// <summary>The state cannot be used.</summary>
        State,

        /// <summary>A fault in the program.</summary>
        Fault,
    }
}
