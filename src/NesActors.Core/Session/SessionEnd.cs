using NesActors.Core.Storage.State;

namespace NesActors.Core.Session;

/// <summary>Why a session ended by itself, for those who wait for it. Safe for several threads at once.</summary>
internal sealed class SessionEnd
{
    private volatile Exception? _cause;

    /// <summary>The session has failed. What the store says tells a person what to do; what any other error says may hold what nobody is to see.</summary>
    public void Fail(Exception error) => _cause = (Exception?)StateErrorIn(error) ?? new InvalidOperationException($"It has a fault ({error.GetBaseException().GetType().Name}).");

    /// <summary>What is told to whoever uses a session that has ended.</summary>
    public ObjectDisposedException ToException() => new(_cause is null ? "The session has ended." : $"The session has ended: {_cause.Message}", _cause);

    private static StateException? StateErrorIn(Exception? error)
    {
        while (error is not (null or StateException)) error = error.InnerException;
        return (StateException?)error;
    }
}
