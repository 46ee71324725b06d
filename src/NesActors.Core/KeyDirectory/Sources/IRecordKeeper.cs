using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>A place where others look for a user's record, and where what changes in it by itself is put: what the user says for suites (<see cref="PublicRecord.StatementOf"/>).</summary>
public interface IRecordKeeper
{
    /// <summary>
    /// Puts what the record says for suites in the place of what is there, where that is another and the record there is one under the same sign key. What is there for other suites stays. To be called
    /// again and again: it costs nothing where nothing has changed. One call at a time.
    /// </summary>
    /// <returns>What came of it; nothing that the other side does is thrown.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="KeyException">The user's own keys cannot be used.</exception>
    Task<RenewalResult> RenewAsync(PublicRecord mine, CancellationToken cancellation);
}
