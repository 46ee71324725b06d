using NesActors.Contracts;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.LookUp;

/// <summary>
/// Finds what a name is answered with: in memory, else in the database, else, where a signature is missing or about to end, by signing. Then the new signature
/// is stored later, so that looking up never waits for a write.
/// </summary>
internal sealed class LookUps(IDatabase database, AnswerStore store, AnswerSigner signer, RenewalQueue renewals, TimeProvider clock) : ILookUpCache
{
    /// <summary>How long an answer's freshness holds at least when it is sent.</summary>
    public static readonly TimeSpan Remaining = TimeSpan.FromHours(1);

    private const long Capacity = 32 << 20;

    private readonly HotAnswers _hot = new(Capacity);
    private volatile KnownNames _known = new();
    private volatile bool _isTrusted;

    /// <summary>Reads which names there are. Before that, and after <see cref="Distrust"/>, every look-up is a query.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        // Names that come to be while the others are read are added by Changed.
        var names = _known = new KnownNames();
        await store.ReadNamesAsync(names, cancellation).ConfigureAwait(false);
        _hot.Clear();
        _isTrusted = true;
    }

    /// <summary>Believes nothing that is in memory: another server may be changing the database.</summary>
    public void Distrust()
    {
        _isTrusted = false;
        _hot.Clear();
    }

    /// <summary>Looks in memory alone.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="answer">What was found; null where there is no such name.</param>
    /// <returns>False where the database must be asked.</returns>
    public bool TryFind(ReadOnlySpan<char> name, out LookUpAnswer? answer)
    {
        answer = null;
        if (!_isTrusted) return false;
        var hash = NameHash.Of(name);
        if (!_known.MayHold(hash, out _)) return true;
        answer = _hot.Find(name, hash);
        return answer is not null && Lasts(answer.FreshUntil);
    }

    /// <summary>Asks the database.</summary>
    /// <returns>Null where the name never had a record.</returns>
    /// <exception cref="DatabaseUnavailableException">The database is busy, down or broken.</exception>
    public async ValueTask<LookUpAnswer?> FindAsync(Username name)
    {
        var hash = NameHash.Of(name.Value);
        var ticket = _hot.Ticket(hash);
        var isTrusted = _isTrusted;
        if (await FindStoredAsync(name.Value, hash).ConfigureAwait(false) is not { } stored) return null;
        var freshUntil = DateTimeOffset.FromUnixTimeMilliseconds(stored.FreshUntil);
        var answer = stored.KeyRev == signer.KeyRev && Lasts(freshUntil)
            ? new LookUpAnswer(name.Value, stored.IsActive, stored.Body, freshUntil)
            : await RenewAsync(name).ConfigureAwait(false);
        if (isTrusted && answer is not null) _hot.Offer(answer, hash, ticket);
        return answer;
    }

    public void Changed(Username name)
    {
        var hash = NameHash.Of(name.Value);
        _known.Add(hash, 0);
        _hot.Forget(name.Value, hash);
    }

    // A record is taken by the id that the name is remembered with, if it says that it is of that name: ids of names that expired unconfirmed are given again.
    private async ValueTask<StoredAnswer?> FindStoredAsync(string name, uint hash)
    {
        var known = _known;
        if (known.MayHold(hash, out var id) && id != 0 && await database.Answers.FindAsync(id).ConfigureAwait(false) is { } remembered && remembered.IsOf(name)) return remembered;
        var stored = await database.Answers.FindAsync(name).ConfigureAwait(false);
        if (stored is not null) known.Add(hash, stored.UserId);
        return stored;
    }

    private async Task<LookUpAnswer?> RenewAsync(Username name)
    {
        if (await store.FindAsync(name).ConfigureAwait(false) is not { } record || !Digest.TryParse(record.ResponseHash, out var hash)) return null;
        var signedPart = record.KeyRev == signer.KeyRev ? null : await signer.SignedPartAsync(record.Response(), CancellationToken.None).ConfigureAwait(false);
        var fresh = signer.Fresh(hash);
        renewals.Add(new Renewed(record.UserId, record.ResponseHash, signedPart, fresh));
        return new LookUpAnswer(name.Value, record.Status == UserStatus.Active, RecordAnswer.Write(signedPart ?? record.SignedPart(), fresh), fresh.Expires);
    }

    private bool Lasts(DateTimeOffset freshUntil) => freshUntil - clock.GetUtcNow() > Remaining;
}
