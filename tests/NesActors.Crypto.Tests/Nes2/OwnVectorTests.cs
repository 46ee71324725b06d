using System.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>The vectors of docs/protocol-nes2.md (tests/Vectors/nes2): whoever implements the protocol must read them, and a change of ours that no longer does would break with every client there is.</summary>
public sealed class OwnVectorTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "nes2", "frames.json"))).RootElement;

    public static TheoryData<string> Frames => [.. Vectors.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("name").GetString()!)];

    [Theory]
    [InlineData("amy")]
    [InlineData("ben")]
    public void A_statement_gives_the_fingerprint_and_the_kid_that_are_written_down(string name)
    {
        var user = UserOf(name);
        var peer = PeerOf(name);

        Assert.Equal(user.GetProperty("fingerprint").GetString(), peer.Fingerprint.Value);
        Assert.Equal(user.GetProperty("kid").GetString(), peer.Kid.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Vectors.GetProperty("now").GetInt64()).AddDays(14), peer.UsableUntil);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_opens_verifies_and_says_what_is_written_down(string name)
    {
        var vector = Vectors.GetProperty("frames").EnumerateArray().Single(frame => frame.GetProperty("name").GetString() == name);
        using var ben = Load("ben", vector.GetProperty("directory").ValueKind == JsonValueKind.String);

        var opened = ben.Open(vector.GetProperty("frame").GetBytesFromBase64()).Frame;
        var message = opened?.Verify(PeerOf("amy"));

        Assert.NotNull(message);
        Assert.Equal(vector.GetProperty("content_hash").GetString(), Convert.ToHexStringLower(opened!.ContentHash.Span));
        Assert.Equal((vector.GetProperty("text").GetString(), Vectors.GetProperty("now").GetInt64()), (message.Text, message.SentAt.ToUnixTimeMilliseconds()));
        Assert.Equal(vector.GetProperty("stream").GetString(), message.Delivery?.Stream is { } stream ? Convert.ToHexStringLower(stream.ToBytes()) : null);
        Assert.Equal(vector.GetProperty("previous").GetString(), message.Delivery is { Previous.IsEmpty: false } chained ? Convert.ToHexStringLower(chained.Previous.Span) : null);
        Assert.Equal(vector.GetProperty("confirmation").GetBoolean(), message.Delivery is { IsConfirmation: true });
        Assert.Equal(
            (Number(vector, "sequence"), Number(vector, "ack_up_to"), Number(vector, "ack_read"), Number(vector, "ack_beyond")),
            (message.Delivery?.Sequence, message.Delivery?.Ack?.UpTo, message.Delivery?.Ack?.ReadUpTo, message.Delivery?.Ack?.Beyond.Count));
        Assert.Equal(Capabilities(vector), message.Capabilities);
    }

    [Fact]
    public void A_statement_for_a_directory_names_it_and_a_frame_to_it_opens_for_nobody_who_is_bound_to_none()
    {
        var vector = Vectors.GetProperty("frames").EnumerateArray().Single(frame => frame.GetProperty("directory").ValueKind == JsonValueKind.String);
        using var ben = Load("ben");

        Assert.Equal(vector.GetProperty("directory").GetString(), UserOf("ben").GetProperty("bound").GetProperty("directory").GetString());
        Assert.Equal(vector.GetProperty("directory").GetString(), Convert.ToHexStringLower(PeerOf("ben", isBound: true).Recipient.DirectoryId));
        Assert.Equal(DropReason.CannotOpen, ben.Open(vector.GetProperty("frame").GetBytesFromBase64()).Reason);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_content_is_sealed_again_as_it_was_written_down(string name)
    {
        var vector = Vectors.GetProperty("frames").EnumerateArray().Single(frame => frame.GetProperty("name").GetString() == name);
        using var amy = Load("amy");

        var frame = amy.Seal(Convert.FromHexString(vector.GetProperty("composed").GetString()!), PeerOf("ben", vector.GetProperty("directory").ValueKind == JsonValueKind.String));

        Assert.Equal(vector.GetProperty("content_hash").GetString(), Convert.ToHexStringLower(frame.ContentHash.Span));
        Assert.Equal(vector.GetProperty("frame").GetBytesFromBase64().Length, frame.Bytes.Length);
        Assert.Equal(vector.GetProperty("frame").GetBytesFromBase64()[..14], frame.Bytes[..14]);
    }

    private static long? Number(JsonElement vector, string name) => vector.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

    private static Capabilities? Capabilities(JsonElement vector) => !vector.TryGetProperty("sees", out var sees) ? null : new Capabilities
    {
        Sees = sees.EnumerateObject().ToDictionary(each => each.Name, each => new SeenStatement(new Fingerprint(each.Value.GetProperty("keys").GetString()!), each.Value.GetProperty("revision").GetInt64())),
        Statements = vector.TryGetProperty("statements", out var statements) ? statements.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!) : null,
    };

    private static JsonElement UserOf(string name) => Vectors.GetProperty("users").EnumerateArray().Single(user => user.GetProperty("user").GetString() == name);

    private static VectorUser RsaOf(string name) => VectorUser.All.Single(user => user.Name == name);

    private static string StatementOf(string name, bool isBound) => (isBound ? UserOf(name).GetProperty("bound") : UserOf(name)).GetProperty("statement").GetString()!;

    private static Nes2Peer PeerOf(string name, bool isBound = false) => (Nes2Peer)new Nes2Suite().ReadPeer(new PublicRecord(Username.Parse(name), new Dictionary<string, string>(RsaOf(name).PublicRecord.Entries)
    {
        ["statement_nes2"] = StatementOf(name, isBound),
    }));

    private static ILocalIdentity Load(string name, bool isBound = false)
    {
        var keys = RsaOf(name).KeyStore();
        foreach (var (entry, field) in (ReadOnlySpan<(string, string)>)[("nes2-identity", "identity"), ("nes2-prekey-0", "prekey")]) keys.Write(entry, Convert.FromHexString(UserOf(name).GetProperty(field).GetString()!), isSecret: true);
        keys.Write("statement-nes2.pub", Encoding.ASCII.GetBytes(StatementOf(name, isBound)), isSecret: false);
        return new Nes2Suite().LoadIdentity(Username.Parse(name), keys, new SpecClock());
    }
}
