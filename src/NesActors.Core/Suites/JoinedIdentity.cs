using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>A user's own keys for one suite, and whether messages go by it.</summary>
internal sealed record OwnKeys(ICryptoSuite Suite, ILocalIdentity Identity, bool IsUsed);

/// <summary>A user's own keys for several suites, the anchor's first, then the best first.</summary>
internal sealed class JoinedIdentity(Username user, IReadOnlyList<OwnKeys> all) : ILocalIdentity
{
    private readonly OwnKeys _anchor = all[0];
    private readonly IReadOnlyList<OwnKeys> _used = [.. all.Where(each => each.IsUsed)];

    public Username User => user;

    public Fingerprint Fingerprint => _anchor.Identity.Fingerprint;

    /// <summary>One suite whose part cannot be renewed now, because the store cannot be written for instance, does not keep the others from being registered.</summary>
    public PublicRecord PublicRecord
    {
        get
        {
            var entries = new Dictionary<string, string>(_anchor.Identity.PublicRecord.Entries, StringComparer.Ordinal);
            foreach (var each in all.Skip(1))
            {
                try
                {
                    foreach (var (name, text) in each.Identity.PublicRecord.Entries) entries.TryAdd(name, text);
                }
                catch (KeyException)
                {
                    // Without what it says there is none of it in the record.
                }
            }
            return new PublicRecord(user, entries);
        }
    }

    /// <summary>The keys for suites over the anchor by which messages may go.</summary>
    public IReadOnlyDictionary<string, Fingerprint> Over { get; } = all.Skip(1).Where(each => each.IsUsed).ToDictionary(each => each.Suite.Id, each => each.Identity.Fingerprint, StringComparer.Ordinal);

    public void BindTo(DirectoryId? directory)
    {
        foreach (var each in all) each.Identity.BindTo(directory);
    }

    public byte[] Compose(Message message) => Compose(message, _used[0].Suite.Id);

    /// <summary>As <see cref="Compose(Message)"/>, by one of the suites.</summary>
    /// <exception cref="KeyException">There are no keys for that suite.</exception>
    public byte[] Compose(Message message, string suite) => SuiteContent.Write(suite, Find(suite).Identity.Compose(message));

    public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient)
    {
        var suite = SuiteOf(content);
        var keys = recipient is JoinedPeer peer ? peer.Find(suite) : throw new ArgumentException("The recipient's keys are not of several suites.", nameof(recipient));
        return Find(suite).Identity.Seal(SuiteContent.Inner(content), keys);
    }

    public OpenResult Open(ReadOnlyMemory<byte> frame)
    {
        // The anchor is asked last: what nobody else knows is its to refuse.
        var mine = _used.Skip(1).FirstOrDefault(each => each.Suite.Recognizes(frame.Span)) ?? (_used[0].Suite.Recognizes(frame.Span) ? _used[0] : null);
        if (mine is null) return OpenResult.Dropped(DropReason.BadFrame);
        var result = mine.Identity.Open(frame);
        return result.Frame is { } opened ? OpenResult.Opened(new JoinedFrame(opened, mine.Suite.Id)) : result;
    }

    public void Dispose()
    {
        foreach (var each in all) each.Identity.Dispose();
    }

    private string SuiteOf(ReadOnlyMemory<byte> content) => SuiteContent.SuiteOf(content.Span) ?? _anchor.Suite.Id;

    private OwnKeys Find(string suite) => _used.FirstOrDefault(each => each.Suite.Id == suite) ?? throw new KeyException($"You have no keys for suite {suite}.");
}
