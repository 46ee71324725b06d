using NesActors.Contracts;
using NesActors.Directory.Keys;
using NesActors.Records;

namespace NesActors.Directory.LookUp;

/// <summary>Signs what answers to look-ups are made of, at the time of the clock.</summary>
internal sealed class AnswerSigner(DirectoryKeys keys, TimeProvider clock) : IDisposable
{
    // An RSA signature takes a core for milliseconds: however many look-ups want one, the rest of the server goes on.
    private readonly SemaphoreSlim _rsa = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Which RSA key it has.</summary>
    public int KeyRev => keys.Rev;

    public Freshness Fresh(Digest response) => Freshness.Sign(keys.Fresh, keys.Directory, response, clock.GetUtcNow(), Freshness.MaxLifetime);

    public Absence Absent(Username user) => Absence.Sign(keys.Fresh, keys.Directory, user, clock.GetUtcNow());

    public async Task<byte[]> SignedPartAsync(byte[] response, CancellationToken cancellation)
    {
        await _rsa.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return RecordAnswer.SignedPart(keys.Rsa, response);
        }
        finally
        {
            _rsa.Release();
        }
    }

    public void Dispose() => _rsa.Dispose();
}
