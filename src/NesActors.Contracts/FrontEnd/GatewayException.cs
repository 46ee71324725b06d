namespace NesActors.Contracts.FrontEnd;

/// <summary>A gateway cannot serve as it was asked to; the message says why, and what to do, in one line for a person.</summary>
public sealed class GatewayException : Exception
{
    /// <summary>With the reason.</summary>
    public GatewayException(string message) : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public GatewayException(string message, Exception cause) : base(message, cause)
    {
    }
}
