using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

/// <summary>What is asked for; each has a <c>Read</c> that takes what its <see cref="Write"/> wrote.</summary>
internal interface IRequest
{
    void Write(BinaryWriter to);
}

/// <summary>A call that needs no more than its name.</summary>
internal sealed record Nothing : IRequest
{
    public static readonly Nothing More = new();

    public void Write(BinaryWriter to)
    {
    }

    public static Nothing Read(BinaryReader from) => More;
}

internal sealed record OfMessage(MessageId Id) : IRequest
{
    public void Write(BinaryWriter to) => to.Put(Id);

    public static OfMessage Read(BinaryReader from) => new(from.Id());
}

internal sealed record OfContact(Username Contact) : IRequest
{
    public void Write(BinaryWriter to) => to.Put(Contact);

    public static OfContact Read(BinaryReader from) => new(from.User());
}

internal sealed record Unread(int Limit) : IRequest
{
    public void Write(BinaryWriter to) => to.Write(Limit);

    public static Unread Read(BinaryReader from) => new(from.ReadInt32());
}

internal sealed record Events(long After) : IRequest
{
    public void Write(BinaryWriter to) => to.Write(After);

    public static Events Read(BinaryReader from) => new(from.ReadInt64());
}

internal sealed record OfEventPage(long After, int Limit, bool ArrivalsOnly) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Write(After);
        to.Write(Limit);
        to.Write(ArrivalsOnly);
    }

    public static OfEventPage Read(BinaryReader from) => new(from.ReadInt64(), from.ReadInt32(), from.Flag());
}

internal sealed record MarkRead(Username Contact, MessageId? UpTo) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Contact);
        to.PutOptional(UpTo);
    }

    public static MarkRead Read(BinaryReader from) => new(from.User(), from.OptionalId());
}

internal sealed record Disappear(Username Contact, TimeSpan? After) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Contact);
        to.PutOptional(After);
    }

    public static Disappear Read(BinaryReader from) => new(from.User(), from.OptionalDuration());
}

internal sealed record ChangeContact(Username Contact, ContactChange Change) : IRequest
{
    public void Write(BinaryWriter to)
    {
        to.Put(Contact);
        ContactChangeWire.Write(to, Change);
    }

    public static ChangeContact Read(BinaryReader from) => new(from.User(), ContactChangeWire.Read(from));
}
