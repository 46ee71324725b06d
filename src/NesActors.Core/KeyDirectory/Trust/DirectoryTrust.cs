using System.Net;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Trust;

/// <summary>
/// What a client believes of one directory: asks it what it says of itself, follows its keys from the one that the person was given, and remembers how far it
/// came. A directory that was once seen to prove its records may not stop. One request at a time, however many ask.
/// </summary>
internal sealed class DirectoryTrust(DirectoryConnection connection) : IDisposable
{
    /// <summary>How often it is asked anew, at most, because an answer does not verify: it may have new keys, or somebody wants us to ask.</summary>
    private static readonly TimeSpan AskAgainInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long a plain directory is taken for one: it may be replaced by one that proves.</summary>
    private static readonly TimeSpan PlainTime = TimeSpan.FromHours(1);

    private readonly Digest _anchor = Digest.Of(connection.Key);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DirectoryStanding? _standing;
    private long _since;
    private long? _askedAgain;

    /// <summary>What may be believed of the directory now.</summary>
    /// <exception cref="Storage.State.StateException">The memory failed.</exception>
    public Task<DirectoryStanding> StandingAsync(CancellationToken cancellation) => InTurnAsync(async () =>
    {
        if (_standing is null && connection.Memory.Find(_anchor) is { } known) Take(Proving(known));
        if (!IsGood) Take(await FetchAsync(cancellation).ConfigureAwait(false));
        return _standing!;
    }, cancellation);

    /// <summary>Asks anew, since an answer does not verify under what was believed; at most once a minute.</summary>
    /// <param name="seen">What was believed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What may be believed now; <paramref name="seen"/> itself where nothing new is known.</returns>
    /// <exception cref="Storage.State.StateException">The memory failed.</exception>
    public Task<DirectoryStanding> AskAgainAsync(DirectoryStanding seen, CancellationToken cancellation) => InTurnAsync(async () =>
    {
        if (IsGood && !ReferenceEquals(_standing, seen)) return _standing!;
        if (_askedAgain is { } last && connection.Clock.GetElapsedTime(last) < AskAgainInterval) return seen;
        _askedAgain = connection.Clock.GetTimestamp();
        var next = await FetchAsync(cancellation).ConfigureAwait(false);
        if (next is DirectoryStanding.Unavailable) return seen;
        Take(next);
        return next;
    }, cancellation);

    public void Dispose()
    {
        (_standing as DirectoryStanding.Proving)?.Key.Dispose();
        _turn.Dispose();
    }

    private bool IsGood => _standing switch
    {
        DirectoryStanding.Proving proving => proving.Known.Expires >= connection.Clock.GetUtcNow() - RecordProof.ClockSkew,
        DirectoryStanding.Plain => connection.Clock.GetElapsedTime(_since) < PlainTime,
        _ => false,
    };

    private void Take(DirectoryStanding standing) => (_standing, _since) = (standing, connection.Clock.GetTimestamp());

    private async Task<DirectoryStanding> FetchAsync(CancellationToken cancellation)
    {
        var exchange = await connection.GetAsync("/directory", cancellation).ConfigureAwait(false);
        // As late as can be: another process may have seen more meanwhile.
        var known = connection.Memory.Find(_anchor);
        return exchange switch
        {
            HttpExchange.Answered { Status: HttpStatusCode.OK } answer => Judge(answer.Body, known),
            HttpExchange.Answered { Status: HttpStatusCode.NotFound } when known is null => new DirectoryStanding.Plain(),
            HttpExchange.Answered { Status: HttpStatusCode.NotFound } => new DirectoryStanding.Untrusted(
                $"the key directory {connection.Address.Authority} has proved its records since {known!.ProvesSince:yyyy-MM-dd}, and does not any more: it was set back, or somebody answers in its place"),
            HttpExchange.TooLarge => new DirectoryStanding.Untrusted($"{connection.Address.Authority} says more of itself than a directory ever does"),
            _ when known is not null && known.Expires >= connection.Clock.GetUtcNow() - RecordProof.ClockSkew => Proving(known),
            HttpExchange.Failed failed => new DirectoryStanding.Unavailable(failed.Detail),
            HttpExchange.Answered answer => new DirectoryStanding.Unavailable(HttpText.Describe(connection.Address, answer.Status)),
            _ => throw new InvalidOperationException("An exchange has no other result."),
        };
    }

    private DirectoryStanding Judge(ReadOnlyMemory<byte> body, KnownDirectory? known)
    {
        if (DirectoryAnswer.TryRead(body) is not { } answer)
            return new DirectoryStanding.Untrusted($"what {connection.Address.Authority} says of itself is not what a key directory says");
        if (new DirectoryChain(connection.Key, known, connection.Address, connection.Clock.GetUtcNow()).Follow(answer, out var directory) is { } refusal)
            return new DirectoryStanding.Untrusted(refusal);
        return Proving(connection.Memory.Remember(directory!));
    }

    /// <summary>Keys that are replaced are not disposed: a look-up may still hold them.</summary>
    private static DirectoryStanding.Proving Proving(KnownDirectory known) =>
        new(known, RsaPublicKey.FromPem(known.Key), FreshPublicKey.TryImport(known.FreshKey.Span)!);

    private async Task<DirectoryStanding> InTurnAsync(Func<Task<DirectoryStanding>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
