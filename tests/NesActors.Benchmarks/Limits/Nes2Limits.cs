using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Testing.Vectors;

namespace NesActors.Benchmarks.Limits;

/// <summary>Sets the rates of suite "nes2", for a text of one character, beside those of its primitives alone, in turns of 50 ms on one core.</summary>
internal static class Nes2Limits
{
    private const int DefaultSeconds = 12;

    /// <param name="args">The number of seconds of processor time, if any.</param>
    public static int Run(string[] args)
    {
        var seconds = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultSeconds;
        var raw = new RawNes2();
        using var amy = Load(VectorUser.Amy);
        using var ben = Load(VectorUser.Ben);
        var (suite, message) = (new Nes2Suite(), new Message(amy.User, ben.User, FrameVectors.Now, "x"));
        using var amyAsPeer = suite.ReadPeer(amy.PublicRecord);
        using var benAsPeer = suite.ReadPeer(ben.PublicRecord);
        var frame = amy.Seal(message, benAsPeer);
        var comparison = new Comparison();
        comparison.Add("seal: encapsulate + sign + encrypt", raw.EncapsulateSignEncrypt, () => amy.Seal(message, benAsPeer));
        comparison.Add("open: decapsulate + decrypt + verify", raw.DecapsulateDecryptVerify, () => OpenAndVerify(ben, frame, amyAsPeer));
        comparison.Run(seconds);
        return 0;
    }

    private static void OpenAndVerify(ILocalIdentity identity, byte[] frame, IPeerIdentity sender)
    {
        if (identity.Open(frame).Frame?.Verify(sender) is null) throw new InvalidOperationException("A true frame did not open.");
    }

    private static ILocalIdentity Load(VectorUser user)
    {
        var (suite, keys) = (new Nes2Suite(), user.KeyStore());
        suite.GenerateKeys(user.Username, keys, new KeyGenerationOptions(), CancellationToken.None);
        return suite.LoadIdentity(user.Username, keys, TimeProvider.System);
    }
}
