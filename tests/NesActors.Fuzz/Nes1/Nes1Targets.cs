using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;
using NesActors.Rsa;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Nes1;

/// <summary>The targets of suite nes1, with the users of the vectors: frames of the original and of ours, to ben, who has 2,048 bits.</summary>
internal sealed class Nes1Targets
{
    private static readonly StreamId Stream = new(1);
    private static readonly ReadOnlyMemory<byte> Hash = new byte[Acknowledgement.HashSize];

    public Nes1Targets()
    {
        var suite = new RsaAesSuite();
        var ben = suite.LoadIdentity(VectorUser.Ben.Username, VectorUser.Ben.KeyStore(), TimeProvider.System);
        var amy = suite.LoadIdentity(VectorUser.Amy.Username, VectorUser.Amy.KeyStore(), TimeProvider.System);
        var toBen = (RsaAesPeer)suite.ReadPeer(VectorUser.Ben.PublicRecord);
        var peers = VectorUser.All.Select(user => suite.ReadPeer(user.PublicRecord)).ToList();
        var plaintexts = Messages().Select(amy.Compose).ToList();
        var ours = plaintexts.Select(plaintext => amy.Seal(plaintext, toBen).Bytes);
        var theirs = FrameVectors.Valid.Where(frame => frame.To == "ben").Select(frame => frame.Payload).Concat(FrameVectors.Liberal.Select(frame => frame.Payload));
        var frames = new SignedFrames(ben, peers, [.. ours, .. theirs.Select(Encoding.UTF8.GetBytes)]);
        var amysKey = RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(VectorUser.Amy.PrivateSignPem));
        var amysPeer = peers.Single(peer => peer.User == amy.User);
        var signed = new Plaintexts(
            [.. plaintexts, .. FrameVectors.Valid.Where(frame => frame is { From: "amy", To: "ben" }).Select(frame => Encoding.UTF8.GetBytes(frame.PlaintextUtf8))],
            amysKey,
            amysPeer,
            ben,
            toBen.MessageKey);
        Signed = signed;
        Forged = new Forgeries(signed, amysPeer, ben, amysKey.SignPss("something else"u8), RsaPrivateKey.FromPem(Encoding.ASCII.GetBytes(VectorUser.Ben.PrivateSignPem)));
        Bytes = new OpaqueFrames(frames);
        Json = new JsonFrames(frames);
    }

    public IFrameTarget Bytes { get; }

    public IFrameTarget Json { get; }

    public IFrameTarget Signed { get; }

    public IFrameTarget Forged { get; }

    private static IEnumerable<Message> Messages()
    {
        Message Of(string text, Delivery? delivery, Capabilities? capabilities = null) => new(VectorUser.Amy.Username, VectorUser.Ben.Username, FrameVectors.Now, text) { Delivery = delivery, Capabilities = capabilities };
        yield return Of("hello", null);
        yield return Of("numbered", new Delivery { Stream = Stream, Sequence = 1 });
        yield return Of("numbered, and confirms", new Delivery { Stream = Stream, Sequence = 2, Ack = new Acknowledgement(Stream, 7, [Hash, Hash]) });
        yield return Of("", new Delivery { IsConfirmation = true, Ack = new Acknowledgement(Stream, 41, [Hash]) });
        yield return Of("tells of suites", null, new Capabilities
        {
            Statements = new Dictionary<string, string> { ["nes2"] = "a statement" },
            Sees = new Dictionary<string, SeenStatement> { ["nes2"] = new(new Fingerprint(new string('a', Fingerprint.Length)), 7), ["nes3"] = new(new Fingerprint(new string('b', Fingerprint.Length)), 0) },
        });
    }
}
