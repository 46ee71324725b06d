using NesActors.Contracts;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>A source of public keys that can show how somebody's keys came to be what they are.</summary>
public interface IKeyHistorySource
{
    /// <summary>Every record that a name has had, each checked against the one before.</summary>
    /// <returns>What came of it; nothing that the other side does is thrown.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<HistoryResult> HistoryAsync(Username user, CancellationToken cancellation);
}
