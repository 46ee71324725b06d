using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Attach.Wire;

/// <summary>How a session is doing.</summary>
internal static class StatusWire
{
    public static void Write(BinaryWriter to, MessengerStatus status)
    {
        to.Put(status.Me);
        to.PutCode((int)status.Connection);
        to.PutText(status.Detail);
        to.Write(status.Queued);
        to.Write(status.Spooled);
        to.Write(status.Received);
        to.PutCount(status.Dropped.Count);
        foreach (var (reason, count) in status.Dropped)
        {
            to.PutCode((int)reason);
            to.Write(count);
        }
        WriteFailure(to, status.Failure);
    }

    public static MessengerStatus Read(BinaryReader from) => new(
        from.User(), (ConnectionState)from.Code((int)ConnectionState.Stopping), from.Text(), from.ReadInt32(), from.ReadInt32(), from.ReadInt64(), ReadDropped(from))
    { Failure = ReadFailure(from) };

    public static void WriteFailure(BinaryWriter to, TransportFailure? failure)
    {
        to.Write(failure is not null);
        if (failure is { } there) to.PutCode((int)there);
    }

    public static TransportFailure? ReadFailure(BinaryReader from) => from.Flag() ? (TransportFailure)from.Code((int)TransportFailure.Misconfigured) : null;

    private static Dictionary<DropReason, long> ReadDropped(BinaryReader from)
    {
        var dropped = new Dictionary<DropReason, long>();
        for (var left = from.Count(); left > 0; left--) dropped.Add((DropReason)from.Code((int)DropReason.Overload), from.ReadInt64());
        return dropped;
    }
}
