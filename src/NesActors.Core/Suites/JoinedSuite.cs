using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>
/// Several suites as one: that in which people's keys are pinned (the anchor), and others over it, whose keys its keys vouch for (<see cref="ICryptoSuite.Over"/>). A frame is opened by the suite that it belongs to; a
/// conversation says by which a message is composed.
/// </summary>
/// <remarks>A content is <c>0xfe | length of the suite's id (one byte) | id | the suite's content</c>; one without that beginning is the anchor's, from before there were several.</remarks>
public sealed class JoinedSuite : ICryptoSuite
{
    /// <summary>The name by which settings choose the best suite that both sides have.</summary>
    public const string Auto = "auto";

    private readonly IReadOnlyList<ICryptoSuite> _over;
    private readonly HashSet<string> _used;
    private readonly TimeProvider _clock;

    /// <summary>Joins suites.</summary>
    /// <param name="anchor">That in which keys are pinned.</param>
    /// <param name="over">The others, each over the anchor.</param>
    /// <param name="used">
    /// The ids of those by which messages are sent and taken, one of the suites at least. The user's keys for others serve to say that they are not used. An id of none of the suites is that of one which cannot be
    /// used just now: nobody of whom it was seen is sent to by a weaker one.
    /// </param>
    /// <param name="clock">The time by which keys expire.</param>
    /// <exception cref="ArgumentException">A suite is not over the anchor, or none is used.</exception>
    public JoinedSuite(ICryptoSuite anchor, IEnumerable<ICryptoSuite> over, IEnumerable<string> used, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        Anchor = anchor;
        _over = [.. over.OrderByDescending(suite => suite.Rank).ThenBy(suite => suite.Id, StringComparer.Ordinal)];
        if (_over.FirstOrDefault(suite => suite.Over != anchor.Id) is { } other) throw new ArgumentException($"Suite {other.Id} is not over {anchor.Id}.", nameof(over));
        _used = used.ToHashSet(StringComparer.Ordinal);
        if (!All.Any(IsUsed)) throw new ArgumentException("None of the suites is used.", nameof(used));
        _clock = clock;
    }

    /// <inheritdoc/>
    public string Id => _used.Count == 1 ? _used.Single() : Auto;

    /// <summary>The suite in which keys are pinned.</summary>
    public ICryptoSuite Anchor { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> KeyEntries => [.. All.SelectMany(suite => suite.KeyEntries).Distinct(StringComparer.Ordinal)];

    private IEnumerable<ICryptoSuite> All => _over.Prepend(Anchor);

    /// <summary>Whether the store has keys for a suite, beside those that the suite below it uses too.</summary>
    public static bool HasKeys(ICryptoSuite suite, ICryptoSuite anchor, IKeyStore keys)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(anchor);
        ArgumentNullException.ThrowIfNull(keys);
        return suite.KeyEntries.Except(anchor.KeyEntries).Any(entry => KeyEntry.IsThere(keys, entry));
    }

    /// <summary>What keys that such a suite has read say of the suites over the anchor, the best first; nothing for keys of one suite.</summary>
    public static IReadOnlyList<SuiteOffer> OffersIn(IPeerIdentity keys) => keys.Offers() ?? [];

    /// <inheritdoc/>
    /// <remarks>For the suites that are used.</remarks>
    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation)
    {
        foreach (var suite in All.Where(IsUsed)) suite.GenerateKeys(user, keys, options, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>A suite over the anchor for which there are no keys is left out.</remarks>
    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock)
    {
        var loaded = new List<OwnKeys> { new(Anchor, Anchor.LoadIdentity(user, keys, clock), IsUsed(Anchor)) };
        try
        {
            foreach (var suite in _over.Where(suite => HasKeys(suite, Anchor, keys))) loaded.Add(new OwnKeys(suite, suite.LoadIdentity(user, keys, clock), IsUsed(suite)));
        }
        catch
        {
            foreach (var each in loaded) each.Identity.Dispose();
            throw;
        }
        string[] announced = [.. loaded.Where(each => each.IsUsed).Select(each => each.Suite.Id).Order(StringComparer.Ordinal)];
        foreach (var each in loaded) each.Identity.Announce(announced);
        return new JoinedIdentity(user, loaded);
    }

    /// <inheritdoc/>
    /// <exception cref="KeyException">The record has no keys for the anchor that may be used. What is wrong with others is told where they are asked for.</exception>
    public IPeerIdentity ReadPeer(PublicRecord record)
    {
        var anchor = Anchor.ReadPeer(record);
        var over = _over.Where(IsUsed).Select(suite => Read(suite, record)).ToList();
        return new JoinedPeer(Anchor.Id, anchor, IsUsed(Anchor), over, _used.Any(id => id != Anchor.Id), _clock.GetUtcNow());
    }

    private static PeerSuite Read(ICryptoSuite suite, PublicRecord record)
    {
        try
        {
            return new PeerSuite(suite.Id, suite.ReadPeer(record), null);
        }
        catch (KeyException error)
        {
            return new PeerSuite(suite.Id, null, error.Message);
        }
    }

    private bool IsUsed(ICryptoSuite suite) => _used.Contains(suite.Id);
}
