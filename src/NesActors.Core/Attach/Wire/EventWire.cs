using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Attach.Wire;

/// <summary>Events: a byte that says which, where in the log it stands, when it happened, then its fields.</summary>
internal static class EventWire
{
    private const byte Received = 0, State = 1, OfContact = 2, Connection = 3;

    public static void Write(BinaryWriter to, MessengerEvent happened)
    {
        to.Write(CodeOf(happened));
        to.Write(happened.Cursor);
        to.Put(happened.At);
        switch (happened)
        {
            case MessageReceived received: MessageWire.Write(to, received.Message); break;
            case MessageStateChanged state: MessageWire.Write(to, state.Message); break;
            case ContactChanged changed: ContactWire.Write(to, changed.Contact); break;
            case ConnectionChanged connection:
                to.PutCode((int)connection.State);
                to.PutText(connection.Detail);
                StatusWire.WriteFailure(to, connection.Failure);
                break;
        }
    }

    public static MessengerEvent Read(BinaryReader from)
    {
        var (code, cursor, at) = (from.ReadByte(), from.ReadInt64(), from.Time());
        return code switch
        {
            Received => new MessageReceived(cursor, at, MessageWire.Read(from)),
            State => new MessageStateChanged(cursor, at, MessageWire.Read(from)),
            OfContact => new ContactChanged(cursor, at, ContactWire.Read(from)),
            Connection => new ConnectionChanged(cursor, at, (ConnectionState)from.Code((int)ConnectionState.Stopping), from.Text()) { Failure = StatusWire.ReadFailure(from) },
            _ => throw new InvalidDataException(),
        };
    }

    public static void WritePage(BinaryWriter to, EventPage page)
    {
        to.PutCount(page.Events.Count);
        foreach (var happened in page.Events) Write(to, happened);
        to.Write(page.Position);
        to.Write(page.Newest);
    }

    public static EventPage ReadPage(BinaryReader from)
    {
        var events = new List<MessengerEvent>();
        for (var left = from.Count(); left > 0; left--) events.Add(Read(from));
        return new EventPage(events, from.ReadInt64(), from.ReadInt64());
    }

    public static IReadOnlyList<MessageReceived> ReadReceived(BinaryReader from)
    {
        var received = new List<MessageReceived>();
        for (var left = from.Count(); left > 0; left--) received.Add(Read(from) as MessageReceived ?? throw new InvalidDataException());
        return received;
    }

    private static byte CodeOf(MessengerEvent happened) => happened switch
    {
        MessageReceived => Received,
        MessageStateChanged => State,
        ContactChanged => OfContact,
        ConnectionChanged => Connection,
        _ => throw new ArgumentException($"{happened.GetType().Name} is not carried over the socket.", nameof(happened)),
    };
}
