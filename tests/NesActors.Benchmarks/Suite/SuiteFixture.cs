using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Rsa.Engines;
using NesActors.Testing.Vectors;

namespace NesActors.Benchmarks.Suite;

/// <summary>Two users of the vectors with RSA 2048, and a frame that the original sent from one to the other.</summary>
internal sealed class SuiteFixture : IDisposable
{
    public SuiteFixture(IRsaEngine engine)
    {
        var suite = new RsaAesSuite(engine);
        Amy = suite.LoadIdentity(VectorUser.Amy.Username, VectorUser.Amy.KeyStore(), TimeProvider.System);
        Ben = suite.LoadIdentity(VectorUser.Ben.Username, VectorUser.Ben.KeyStore(), TimeProvider.System);
        AmyAsPeer = suite.ReadPeer(VectorUser.Amy.PublicRecord);
        BenAsPeer = suite.ReadPeer(VectorUser.Ben.PublicRecord);
        Message = new Message(Amy.User, Ben.User, FrameVectors.Now, "Hello Bob!");
        Frame = Encoding.UTF8.GetBytes(FrameVectors.Valid.First(frame => frame is { From: "amy", To: "ben" }).Payload);
    }

    public ILocalIdentity Amy { get; }

    public ILocalIdentity Ben { get; }

    public IPeerIdentity AmyAsPeer { get; }

    public IPeerIdentity BenAsPeer { get; }

    public Message Message { get; }

    /// <summary>"Hello Bob!" from amy to ben, made by the original.</summary>
    public byte[] Frame { get; }

    public byte[] Seal() => Amy.Seal(Message, BenAsPeer);

    public Message OpenAndVerify() =>
        Ben.Open(Frame).Frame?.Verify(AmyAsPeer) ?? throw new InvalidOperationException("The frame of the original did not open.");

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[Amy, Ben, AmyAsPeer, BenAsPeer]) part.Dispose();
    }
}
