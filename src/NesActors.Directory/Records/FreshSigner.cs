using NesActors.Records;

namespace NesActors.Directory.Records;

/// <summary>Vouches for responses, for as long as the protocol allows. That costs 20 µs: no word of it is kept.</summary>
internal sealed class FreshSigner(FreshPrivateKey key, Digest directory, TimeProvider clock)
{
    public Freshness Sign(ReadOnlySpan<byte> response) => Freshness.Sign(key, directory, response, clock.GetUtcNow(), Freshness.MaxLifetime);
}
