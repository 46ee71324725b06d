namespace NesActors.Contracts.Transport;

/// <summary>What kind of failure it was: whether to try again, and whom to ask.</summary>
public enum TransportFailure
{
    /// <summary>Nobody answers there, or the connection broke. Worth trying again.</summary>
    Unreachable,

    /// <summary>The other side answered and will not have us: user, password, client certificate, permission.</summary>
    Refused,

    /// <summary>The other side could not prove who it is: unknown authority, wrong host name, expired certificate.</summary>
    Untrusted,

    /// <summary>The settings make no sense: an address of another scheme, a file that is not there.</summary>
    Misconfigured,
}

/// <summary>The transport cannot do what it was asked for. The message tells a person why, and holds no password.</summary>
public sealed class TransportException : Exception
{
    /// <summary>Says what failed and why.</summary>
    public TransportException(TransportFailure failure, string message, Exception? inner = null) : base(message, inner) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public TransportFailure Failure { get; }
}
