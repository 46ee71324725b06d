using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>The state of the connection in words.</summary>
internal static class ConnectionText
{
    /// <summary>One line, made safe for a terminal: <c>connection lost: timed out</c>.</summary>
    public static string Describe(ConnectionState state, string? detail)
    {
        var words = state switch
        {
            ConnectionState.Starting => "connecting",
            ConnectionState.Online => "online",
            ConnectionState.Reconnecting => "connection lost",
            _ => "stopping",
        };
        return string.IsNullOrEmpty(detail) ? words : $"{words}: {TerminalText.Escape(detail)}";
    }
}
