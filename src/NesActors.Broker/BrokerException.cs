namespace NesActors.Broker;

/// <summary>The embedded broker cannot start. The message tells a person why, in one line.</summary>
public sealed class BrokerException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public BrokerException(string message, Exception? inner = null) : base(message, inner) { }
}
