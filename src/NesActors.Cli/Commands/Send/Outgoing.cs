using System.Buffers.Binary;
using NesActors.Contracts;

namespace NesActors.Cli.Commands.Send;

/// <summary>A message that is to be sent: its id, made here, and to whom.</summary>
internal sealed record Outgoing(MessageId Id, Username To)
{
    /// <summary>One for each recipient; who is named twice gets it once. Whoever takes the command over makes the same ids.</summary>
    public static List<Outgoing> OfAll(IEnumerable<string> typed, CliEnvironment environment)
    {
        var messages = new List<Outgoing>();
        var first = environment.FirstMessage ?? MessageId.New(environment.Clock);
        foreach (var name in typed)
        {
            var user = CommonOptions.ParseUser(name);
            if (!messages.Exists(message => message.To == user)) messages.Add(new Outgoing(Behind(first, messages.Count), user));
        }
        return messages;
    }

    private static MessageId Behind(MessageId first, int count)
    {
        Span<byte> bytes = stackalloc byte[16];
        first.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = bytes[8..];
        BinaryPrimitives.WriteUInt64BigEndian(tail, BinaryPrimitives.ReadUInt64BigEndian(tail) + (uint)count);
        return new MessageId(new Guid(bytes, bigEndian: true));
    }
}
