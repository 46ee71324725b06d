using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

internal sealed record Send(MessageId Id, Username To, string Text)
{
    /// <summary>The most that it takes: three bytes of UTF-8 for each half of a character, and what stands around the text.</summary>
    public int MaxBytes => (3 * Text.Length) + 64;

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

/// <param name="All">In the order in which they are to leave.</param>
internal sealed record Sends(IReadOnlyList<Send> All) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.PutCount(All.Count);
        foreach (var send in All) send.Write(to);
    }

    public static Sends Read(BinaryReader from)
    {
        var all = new List<Send>();
        for (var left = from.Count(); left > 0; left--) all.Add(Send.Read(from));
        return new Sends(all);
    }
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
