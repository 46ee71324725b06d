using System.Buffers.Text;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;

namespace NesActors.Fuzz.Nes2;

/// <summary>A user's statement, its bytes or its text changed, or mixed with another's: nothing is accepted but the statement itself.</summary>
internal sealed class Nes2Statements(PublicRecord record, PublicRecord other) : IFuzzTarget
{
    private static readonly string Entry = PublicRecord.StatementOf("nes2");

    private readonly byte[] _bytes = Base64Url.DecodeFromChars(record.Entries[Entry]);
    private readonly byte[] _others = Base64Url.DecodeFromChars(other.Entries[Entry]);

    public string Name => "nes2 statement";

    public byte[] Make(Random random)
    {
        if (random.Once(4)) return ByteMutator.Mutate(random, Ascii(record), Ascii(other));
        return System.Text.Encoding.ASCII.GetBytes(Base64Url.EncodeToString(ByteMutator.Mutate(random, _bytes, _others)));
    }

    public string Check(byte[] input)
    {
        var text = System.Text.Encoding.Latin1.GetString(input);
        try
        {
            using var peer = new Nes2Suite().ReadPeer(new PublicRecord(record.User, new Dictionary<string, string>(record.Entries) { [Entry] = text }));
            return text == record.Entries[Entry] ? "accepted, as it was signed" : throw new PropertyException("A statement was accepted that nobody made.");
        }
        catch (KeyException)
        {
            return "refused";
        }
    }

    private static byte[] Ascii(PublicRecord record) => System.Text.Encoding.ASCII.GetBytes(record.Entries[Entry]);
}
