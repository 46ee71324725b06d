using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Trust;

/// <summary>What a client may believe of one directory.</summary>
public abstract record DirectoryStanding
{
    private DirectoryStanding() { }

    /// <summary>It proves its records.</summary>
    public sealed record Proving : DirectoryStanding
    {
        internal Proving(KnownDirectory known, RsaPublicKey key, FreshPublicKey freshKey) => (Known, Key, FreshKey) = (known, key, freshKey);

        /// <summary>What was verified of it.</summary>
        public KnownDirectory Known { get; }

        /// <summary>The directory's id, which stands in whatever is signed for it.</summary>
        public Digest Directory => Known.Directory;

        internal RsaPublicKey Key { get; }

        internal FreshPublicKey FreshKey { get; }
    }

    /// <summary>It is of the original's kind: its answers are signed, and bound to no name and no time.</summary>
    public sealed record Plain : DirectoryStanding;

    /// <summary>What it says of itself is not to be believed.</summary>
    /// <param name="Detail">Why, for a person, in one line.</param>
    public sealed record Untrusted(string Detail) : DirectoryStanding;

    /// <summary>It did not answer, and what is remembered of it is over.</summary>
    /// <param name="Detail">Why, for a person, in one line.</param>
    public sealed record Unavailable(string Detail) : DirectoryStanding;
}
