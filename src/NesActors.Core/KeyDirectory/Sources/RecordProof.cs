using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>What a directory proved of a record, every signature checked.</summary>
/// <param name="Directory">The directory's id.</param>
/// <param name="Rev">The record's revision: 1 for the first of the name.</param>
/// <param name="Status">What it says of the name.</param>
/// <param name="Since">When the record came to be, by the directory's clock.</param>
/// <param name="FreshUntil">Until when the directory vouches that there is no newer one, by its clock.</param>
/// <param name="Hash">The record's hash, which stands for all before it too.</param>
public sealed record RecordProof(Digest Directory, long Rev, RecordStatus Status, DateTimeOffset Since, DateTimeOffset FreshUntil, Digest Hash)
{
    /// <summary>How far the directory's clock and ours may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The revision of what the user published for suites beside the keys; 0: nothing, ever. It grows within one record.</summary>
    public long Published { get; init; }

    /// <summary>Until when it counts, by our clock.</summary>
    public DateTimeOffset GoodUntil => FreshUntil + ClockSkew;
}
