using NesActors.Contracts;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>A recovery that is under way.</summary>
/// <param name="User">Whose keys were lost.</param>
/// <param name="IsConfirmed">Whether the link in the mail was followed; before that nothing will happen.</param>
/// <param name="After">When the new keys take the place of the old; <see langword="null"/> before it is confirmed.</param>
/// <param name="Keys">The hashes of the new keys.</param>
public sealed record PendingRecovery(Username User, bool IsConfirmed, DateTimeOffset? After, KeyDigests Keys);

/// <summary>What came of asking how far a recovery has come.</summary>
public abstract record RecoveryResult
{
    private RecoveryResult() { }

    /// <summary>There is one.</summary>
    public sealed record Found(PendingRecovery Recovery) : RecoveryResult;

    /// <summary>There is none.</summary>
    public sealed record None : RecoveryResult;

    /// <summary>The directory is of the original's kind, which has no recovery.</summary>
    public sealed record Plain : RecoveryResult;

    /// <summary>What the directory says of itself, or answered, is not to be believed.</summary>
    public sealed record Untrusted(string Detail) : RecoveryResult;

    /// <summary>No answer, or one that says nothing.</summary>
    public sealed record Unavailable(string Detail) : RecoveryResult;
}
