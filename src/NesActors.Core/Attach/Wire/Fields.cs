using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Attach.Wire;

/// <summary>
/// The fields of requests and answers, one behind the other: numbers as <see cref="BinaryWriter"/> writes them, texts in UTF-8 behind their length, what may be missing behind a byte that says whether it is there.
/// Reading takes nothing that writing does not make, and ends with <see cref="InvalidDataException"/> or an exception of the framework for what cannot be read, see <see cref="IsUnreadable"/>.
/// </summary>
internal static class Fields
{
    private const int IdBytes = 16;

    private static readonly UTF8Encoding Replacing = new(encoderShouldEmitUTF8Identifier: false), Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What writes to a stream, which is left open.</summary>
    public static BinaryWriter Writer(Stream to) => new(to, Replacing, leaveOpen: true);

    /// <summary>What reads from a stream, which is left open.</summary>
    public static BinaryReader Reader(Stream from) => new(from, Strict, leaveOpen: true);

    /// <summary>Whether an exception says that what was read is not what is written here.</summary>
    public static bool IsUnreadable(Exception error) => error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException;

    public static void Put(this BinaryWriter to, Username user) => to.Write(user.Value);

    public static Username User(this BinaryReader from) => Username.Parse(from.ReadString());

    public static void Put(this BinaryWriter to, MessageId id)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        id.Value.TryWriteBytes(bytes);
        to.Write(bytes);
    }

    public static MessageId Id(this BinaryReader from)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        from.ReadExactly(bytes);
        return new MessageId(new Guid(bytes));
    }

    public static void Put(this BinaryWriter to, Fingerprint fingerprint) => to.Write(fingerprint.Value);

    public static Fingerprint Fingerprint(this BinaryReader from) => new(from.ReadString());

    public static void Put(this BinaryWriter to, DateTimeOffset time) => to.Write(time.UtcTicks);

    public static DateTimeOffset Time(this BinaryReader from) => new(from.ReadInt64(), TimeSpan.Zero);

    public static void Put(this BinaryWriter to, TimeSpan time) => to.Write(time.Ticks);

    public static TimeSpan Duration(this BinaryReader from) => new(from.ReadInt64());

    /// <summary>A value of an enumeration whose members count up from 0. A number, and not the enumeration's own type: generic code for that is compiled at each start.</summary>
    public static void PutCode(this BinaryWriter to, int code) => to.Write((byte)code);

    /// <param name="from">Where from.</param>
    /// <param name="last">The enumeration's last member.</param>
    public static int Code(this BinaryReader from, int last) => from.ReadByte() is var code && code <= last ? code : throw new InvalidDataException();

    public static bool Flag(this BinaryReader from) => from.Code(1) == 1;

    public static void PutText(this BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        if (text is not null) to.Write(text);
    }

    public static string? Text(this BinaryReader from) => from.Flag() ? from.ReadString() : null;

    public static void PutCount(this BinaryWriter to, int count) => to.Write(count);

    /// <summary>How many follow; that many need not be there.</summary>
    public static int Count(this BinaryReader from) => from.ReadInt32() is var count && count >= 0 ? count : throw new InvalidDataException();
}
