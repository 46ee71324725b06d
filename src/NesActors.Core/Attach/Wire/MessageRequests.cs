using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

internal sealed record Send(MessageId Id, Username To, string Text) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Id);
        to.Put(To);
        to.Write(Text);
    }

    public static Send Read(BinaryReader from) => new(from.Id(), from.User(), from.ReadString());

    /// <summary>Without the text.</summary>
    public override string ToString() => $"Send {Id} {To}";
}

internal sealed record Settle(MessageId Id, TimeSpan Timeout) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Id);
        to.Put(Timeout);
    }

    public static Settle Read(BinaryReader from) => new(from.Id(), from.Duration());
}

internal sealed record Wait(MessageId Id, MessageState Until, TimeSpan Timeout) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Id);
        to.PutCode((int)Until);
        to.Put(Timeout);
    }

    public static Wait Read(BinaryReader from) => new(from.Id(), (MessageState)from.Code((int)MessageState.Read), from.Duration());
}

internal sealed record History(Username Contact, MessageId? Before, MessageId? After, int Limit) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Contact);
        to.PutOptional(Before);
        to.PutOptional(After);
        to.Write(Limit);
    }

    public static History Read(BinaryReader from) => new(from.User(), from.OptionalId(), from.OptionalId(), from.ReadInt32());
}

internal sealed record Search(string Text, Username? Contact, MessageId? Before, int Limit) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Write(Text);
        to.PutOptional(Contact);
        to.PutOptional(Before);
        to.Write(Limit);
    }

    public static Search Read(BinaryReader from) => new(from.ReadString(), from.OptionalUser(), from.OptionalId(), from.ReadInt32());

    /// <summary>Without the text.</summary>
    public override string ToString() => $"Search {Contact}";
}
