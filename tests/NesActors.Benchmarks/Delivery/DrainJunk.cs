using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Benchmarks.Delivery;

/// <summary>Frames that are to be dropped: noise, frames with a damaged byte, repeats, and frames of somebody whom no directory knows.</summary>
internal sealed class DrainJunk(ILocalIdentity stranger, IPeerIdentity recipient)
{
    private int _count;

    /// <param name="valid">A frame that the recipient takes.</param>
    public ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> valid)
    {
        switch (Interlocked.Increment(ref _count) % 4)
        {
            case 0: return RandomNumberGenerator.GetBytes(1000);
            case 1: return Damaged(valid);
            case 2: return valid;
            default: return stranger.Seal(stranger.Compose(new Message(stranger.User, recipient.User, DateTimeOffset.UnixEpoch, "junk")), recipient).Bytes;
        }
    }

    private static byte[] Damaged(ReadOnlyMemory<byte> valid)
    {
        var bytes = valid.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }
}
