using NesActors.Contracts;
using NesActors.Core.Suites;

namespace NesActors.Core.Contacts;

/// <summary>What a contact has told of suites, by messages that were proved to be theirs, and what follows from it for this user's own statements. Pure.</summary>
public sealed record ContactCapabilities
{
    /// <summary>
    /// How long a contact may go on not seeing a statement that the directory shows: a word that an older record is fresh holds for a day, and clients keep it for minutes.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(25);

    /// <summary>Nothing was told.</summary>
    public static readonly ContactCapabilities None = new();

    /// <summary>The newest of their statements that messages have carried, and what they saw of this user's suites last.</summary>
    public Capabilities Told { get; init; } = new();

    /// <summary>By their clock, when they told what they see.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>The suite over that of the pinned keys by which they have written; <see langword="null"/>: not seen yet.</summary>
    public string? Uses { get; init; }

    /// <summary>A statement of this user's that they do not see though the directory shows it; <see langword="null"/> where there is none.</summary>
    public AwaitedStatement? Awaited { get; init; }

    /// <summary>The suite of <see cref="Awaited"/> where they should have seen it long ago; <see langword="null"/>: nothing is wrong.</summary>
    public string? Withheld { get; init; }

    /// <summary>A message has told something.</summary>
    /// <param name="sees">What its sender sees; null: it does not tell.</param>
    /// <param name="sentAt">Its time, which was checked.</param>
    /// <param name="statements">The newest of the sender's statements, which were checked; null: as before.</param>
    /// <param name="own">What the key directory shows of this user; null where that is not known now.</param>
    /// <param name="now">The time.</param>
    internal ContactCapabilities Hear(IReadOnlyDictionary<string, SeenStatement>? sees, DateTimeOffset sentAt, IReadOnlyDictionary<string, string>? statements, OwnSight? own, DateTimeOffset now)
    {
        var told = statements is null ? Told : Told with { Statements = statements };
        // Messages overtake one another, and some come again.
        if (sees is null || sentAt < SeenAt) return this with { Told = told };
        var heard = told.Sees is null || !new Capabilities { Sees = told.Sees }.Equals(new Capabilities { Sees = sees })
            ? this with { Told = told with { Sees = sees }, SeenAt = sentAt }
            : this with { Told = told };
        return own is null ? heard : heard.Judge(own, sentAt, now);
    }

    private ContactCapabilities Judge(OwnSight own, DateTimeOffset sentAt, DateTimeOffset now)
    {
        var awaited = Awaited is { } before && (!own.Shown.ContainsKey(before.Suite) || own.IsSeen(Told, before.Suite, before.Revision)) ? null : Awaited;
        awaited ??= own.Shown.Where(shown => !own.IsSeen(Told, shown.Key, shown.Value)).Select(shown => new AwaitedStatement(shown.Key, shown.Value, now)).FirstOrDefault();
        return this with { Awaited = awaited, Withheld = awaited is not null && sentAt - awaited.Since >= Patience ? awaited.Suite : awaited is null ? null : Withheld };
    }
}

/// <summary>A statement of this user's that a contact does not see.</summary>
/// <param name="Suite">The suite that it is for.</param>
/// <param name="Revision">Its revision: what is newer will do.</param>
/// <param name="Since">When it was first found that the directory shows it and the contact does not see it.</param>
public sealed record AwaitedStatement(string Suite, long Revision, DateTimeOffset Since);
