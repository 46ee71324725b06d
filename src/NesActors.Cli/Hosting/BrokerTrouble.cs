using NesActors.Contracts.Transport;

namespace NesActors.Cli.Hosting;

/// <summary>What went wrong on the way to the broker, for a command that sends once: nobody there yet, or no use in trying again.</summary>
internal sealed class BrokerTrouble : IDisposable
{
    private readonly Action<TransportException> _first;
    private readonly CancellationTokenSource _hopeless = new();
    private int _count;

    /// <param name="first">Is told of the first failure that is worth trying again.</param>
    public BrokerTrouble(Action<TransportException> first) => _first = first;

    /// <summary>Is cancelled when the broker refused, cannot be trusted, or the settings make no sense.</summary>
    public CancellationToken Hopeless => _hopeless.Token;

    /// <summary>Why it is hopeless.</summary>
    public TransportException? Cause { get; private set; }

    /// <summary>Takes a failure.</summary>
    public void Add(TransportException error)
    {
        if (error.Failure == TransportFailure.Unreachable)
        {
            if (Interlocked.Increment(ref _count) == 1) _first(error);
            return;
        }
        Cause = error;
        _hopeless.Cancel();
    }

    public void Dispose() => _hopeless.Dispose();
}
