using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

/// <summary>Stored messages.</summary>
internal static class MessageWire
{
    public static void Write(BinaryWriter to, StoredMessage message)
    {
        to.Put(message.Id);
        to.Put(message.Contact);
        to.PutCode((int)message.Direction);
        to.Put(message.SentAt);
        to.Put(message.RecordedAt);
        to.Write(message.Text);
        to.PutCode((int)message.State);
        to.PutCode((int)message.Failure);
        to.PutText(message.Detail);
        to.Write(message.UnderChangedKey);
        to.Write(message.IsOlderSuite);
        to.Write(message.IsRequest);
        to.Write(message.IsOutOfTime);
        to.Write(message.BreaksChain);
    }

    public static StoredMessage Read(BinaryReader from) => new(
        from.Id(), from.User(), (MessageDirection)from.Code((int)MessageDirection.Incoming), from.Time(), from.Time(), from.ReadString(), (MessageState)from.Code((int)MessageState.Read))
    {
        Failure = (SendFailure)from.Code((int)SendFailure.Withdrawn),
        Detail = from.Text(),
        UnderChangedKey = from.Flag(),
        IsOlderSuite = from.Flag(),
        IsRequest = from.Flag(),
        IsOutOfTime = from.Flag(),
        BreaksChain = from.Flag(),
    };

    public static void WriteOptional(BinaryWriter to, StoredMessage? message)
    {
        to.Write(message is not null);
        if (message is not null) Write(to, message);
    }

    public static StoredMessage? ReadOptional(BinaryReader from) => from.Flag() ? Read(from) : null;

    public static IReadOnlyList<StoredMessage> ReadList(BinaryReader from)
    {
        var messages = new List<StoredMessage>();
        for (var left = from.Count(); left > 0; left--) messages.Add(Read(from));
        return messages;
    }
}
