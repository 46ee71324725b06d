using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Sessions;
using NesActors.Fuzz.Targets;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Nes2;

/// <summary>The targets of suite nes2: frames from amy to ben, what amy can put into one, and her statement.</summary>
internal sealed class Nes2Targets
{
    private static readonly StreamId Stream = new(1);
    private static readonly ReadOnlyMemory<byte> Hash = new byte[Acknowledgement.HashSize];

    public Nes2Targets()
    {
        var suite = new Nes2Suite();
        var (amy, amysKeys) = Make(suite, VectorUser.Amy);
        var (ben, bensKeys) = Make(suite, VectorUser.Ben);
        var toBen = (Nes2Peer)suite.ReadPeer(ben.PublicRecord);
        var fromAmy = suite.ReadPeer(amy.PublicRecord);
        var contents = Messages().Select(amy.Compose).ToList();
        Bytes = new OpaqueFrames(new SignedFrames(ben, [fromAmy], contents.Select(content => amy.Seal(content, toBen).Bytes))) { Name = "nes2 frame, its bytes" };
        Signed = new Nes2Contents(contents, amysKeys, fromAmy, ben, toBen);
        var amysKey = IdentityKey.Read(amysKeys);
        Nes2Envelope[] envelopes = [.. contents.Select(content => new Nes2Envelope(content, amysKey, fromAmy, toBen))];
        Plaintexts = new Nes2Plaintexts(envelopes, new SignedFrames(ben, [fromAmy], envelopes.Select(envelope => envelope.Seal(envelope.Plaintext))));
        var (cat, catsKeys) = Make(suite, VectorUser.Cat);
        Forged = new Nes2Forgeries(Signed, fromAmy, ben, toBen, IdentityKey.Read(catsKeys), Convert.FromHexString(cat.Fingerprint.Value));
        Statements = new Nes2Statements(amy.PublicRecord, ben.PublicRecord);
        Parties = new SessionParties(suite, amy, () => suite.LoadIdentity(VectorUser.Ben.Username, bensKeys, TimeProvider.System), new RecordsDirectory([amy.PublicRecord, ben.PublicRecord, cat.PublicRecord]));
    }

    public IFrameTarget Bytes { get; }

    public IFrameTarget Plaintexts { get; }

    public IFrameTarget Signed { get; }

    public IFrameTarget Forged { get; }

    public IFuzzTarget Statements { get; }

    /// <summary>Those whose frames these are, for a session of ben's.</summary>
    public SessionParties Parties { get; }

    private static (ILocalIdentity Identity, IKeyStore Keys) Make(Nes2Suite suite, VectorUser user)
    {
        var keys = user.KeyStore();
        suite.GenerateKeys(user.Username, keys, new KeyGenerationOptions(), CancellationToken.None);
        return (suite.LoadIdentity(user.Username, keys, TimeProvider.System), keys);
    }

    private static IEnumerable<Message> Messages()
    {
        Message Of(string text, Delivery? delivery, Capabilities? capabilities = null) => new(VectorUser.Amy.Username, VectorUser.Ben.Username, FrameVectors.Now, text) { Delivery = delivery, Capabilities = capabilities };
        yield return Of("hello", null);
        yield return Of(new string('x', 700), null);
        yield return Of("numbered, and confirms", new Delivery { Stream = Stream, Sequence = 2, Ack = new Acknowledgement(Stream, 7, [Hash, Hash]) { ReadUpTo = 5 } });
        yield return Of("follows another", new Delivery { Stream = Stream, Sequence = 3, Previous = Enumerable.Range(1, Acknowledgement.HashSize).Select(number => (byte)number).ToArray() });
        yield return Of("", new Delivery { IsConfirmation = true, Ack = new Acknowledgement(Stream, 41, [Hash]) });
        yield return Of("tells of suites", null, new Capabilities
        {
            Statements = new Dictionary<string, string> { ["nes2"] = "a statement" },
            Sees = new Dictionary<string, SeenStatement> { ["nes2"] = new(new Fingerprint(new string('a', Fingerprint.Length)), 7), ["nes3"] = new(new Fingerprint(new string('b', Fingerprint.Length)), 0) },
        });
    }
}
