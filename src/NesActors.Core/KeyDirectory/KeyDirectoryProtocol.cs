using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;

namespace NesActors.Core.KeyDirectory;

/// <summary>What the key directory actor is told and tells.</summary>
internal static class KeyDirectoryProtocol
{
    public static class Queries
    {
        /// <summary>Whose keys are wanted; answered by one of <see cref="Replies"/>.</summary>
        /// <param name="User">The user.</param>
        /// <param name="IsStranger">Only a frame that is not yet verified mentions this name: such look-ups are limited in their rate.</param>
        /// <param name="Refresh">What is cached is not enough.</param>
        /// <param name="Told">What the user's messages have told of suites: the keys are read with it. Null where that is nothing.</param>
        public sealed record GetKeys(Username User, bool IsStranger, bool Refresh, Capabilities? Told = null);

        /// <summary>What of the statements that a message carries is to be remembered; answered by <see cref="StatementsRead"/>.</summary>
        /// <param name="Turn">Comes back.</param>
        /// <param name="Record">The record whose keys proved the message.</param>
        /// <param name="Known">What was remembered before.</param>
        /// <param name="Told">What the message carries.</param>
        /// <param name="Sees">What it tells besides; comes back.</param>
        /// <param name="SentAt">When it was sent; comes back.</param>
        public sealed record ReadStatements(
            int Turn, PublicRecord Record, IReadOnlyDictionary<string, string>? Known, IReadOnlyDictionary<string, string> Told, IReadOnlyDictionary<string, SeenStatement>? Sees, DateTimeOffset SentAt);

        /// <summary>Whether the owner of keys signed for others that the directory shows now; answered by <see cref="ChangeJudged"/>.</summary>
        public sealed record JudgeChange(Username User, Fingerprint From, Fingerprint To);
    }

    /// <param name="From">The keys that were asked about.</param>
    /// <param name="IsSigned">Whether they signed for the others; null where that cannot be known now.</param>
    public sealed record ChangeJudged(Fingerprint From, bool? IsSigned);

    /// <param name="Turn">Of the question.</param>
    /// <param name="Statements">All that is to be remembered.</param>
    /// <param name="Sees">Of the question.</param>
    /// <param name="SentAt">Of the question.</param>
    public sealed record StatementsRead(int Turn, IReadOnlyDictionary<string, string> Statements, IReadOnlyDictionary<string, SeenStatement>? Sees, DateTimeOffset SentAt);

    public abstract record Replies
    {
        private Replies() { }

        /// <param name="Keys">The keys.</param>
        /// <param name="Vouched">How far the directory vouches for them.</param>
        /// <param name="ProvedUntil">Until when, where it proves it.</param>
        public sealed record Found(IPeerIdentity Keys, Vouching Vouched = Vouching.None, DateTimeOffset? ProvedUntil = null) : Replies
        {
            /// <summary>When the directory was asked, by the clock that is never set (<see cref="TimeProvider.GetTimestamp"/>).</summary>
            public long AskedAt { get; init; }

            /// <summary>The record as the directory gave it.</summary>
            public PublicRecord? Record { get; init; }

            /// <summary>What the user's messages have told, with which the keys were read.</summary>
            public Capabilities? Told { get; init; }

            /// <summary>The suites that the user's messages speak for, and the directory does not.</summary>
            public IReadOnlySet<string> Carried { get; init; } = new HashSet<string>();

            /// <summary>What others see of this user; null where nothing depends on that.</summary>
            public OwnSight? Own { get; init; }

            /// <summary>The suites over the anchor for which the user sees this user's own keys; null where nothing depends on that.</summary>
            public IReadOnlySet<string>? Mine => Own?.SeenBy(Told);

            /// <summary>Whether the user could use a better suite with them, if the own keys for it were to be seen.</summary>
            public bool LacksMine => Mine is { } mine && Keys.Offers() is { } offers && offers.Any(offer => offer.IsTaken && !mine.Contains(offer.Suite));

            /// <summary>When the directory must be asked again; null where they hold until replaced.</summary>
            public DateTimeOffset? GoodUntil => Keys.UsableUntil is { } usable && !(usable > ProvedUntil) ? usable : ProvedUntil;
        }

        public sealed record NoSuchUser : Replies;

        /// <summary>The user revoked the keys, or left; the directory proved it.</summary>
        public sealed record Gone(SendFailure Failure, string Detail) : Replies;

        /// <summary>An answer, or keys in it, that must not be used.</summary>
        public sealed record Untrusted(string Detail) : Replies;

        /// <summary>No answer. Worth asking again later.</summary>
        public sealed record Unavailable(string Detail) : Replies;
    }
}
