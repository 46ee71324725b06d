using System.Text;
using NesActors.Contracts;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Where a sealed value stands: it opens nowhere else.</summary>
/// <param name="Table">The table.</param>
/// <param name="Message">The message that it belongs to; none for a contact.</param>
/// <param name="Direction">Which way that goes; means nothing for a contact.</param>
/// <param name="Contact">The other side.</param>
internal readonly record struct SealedPlace(SealedTable Table, MessageId Message, MessageDirection Direction, Username Contact)
{
    /// <summary>The most bytes that a place takes.</summary>
    public const int MaxSize = 18 + Username.MaxLength;

    /// <summary>Table (1), id (16), direction (1), contact: all but the last have one length, so no two places are written alike.</summary>
    /// <returns>How many bytes it takes.</returns>
    public int Write(Span<byte> bytes)
    {
        bytes[0] = (byte)Table;
        Message.Value.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        bytes[17] = Direction == MessageDirection.Incoming ? (byte)1 : (byte)2;
        return 18 + Encoding.ASCII.GetBytes(Contact.Value, bytes[18..]);
    }
}

/// <summary>The tables that hold something sealed. The numbers stay as they are: they are sealed in.</summary>
internal enum SealedTable : byte
{
    Messages = 1,
    Outbox = 2,
    Contacts = 3,
    Capabilities = 4,
}
