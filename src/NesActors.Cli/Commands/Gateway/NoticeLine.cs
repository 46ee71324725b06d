using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Gateway;

/// <summary>What a gateway tells the person when it has started, a line each.</summary>
internal static class NoticeLine
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Standard output: a token is what was asked for, and goes to no log.</param>
    /// <param name="notice">What to tell.</param>
    /// <param name="json">One object: kind, user, value.</param>
    public static void Write(TextWriter output, GatewayNotice notice, bool json) => output.WriteLine(
        json ? JsonLine.Of(("kind", notice.Kind), ("user", notice.Identity?.Value), ("value", notice.Value)) : $"{LabelOf(notice)}: {TerminalText.Escape(notice.Value)}");

    private static string LabelOf(GatewayNotice notice) => notice.Kind switch
    {
        "address" => "REST API and web page",
        "token" => $"first token of {notice.Identity}, shown this once",
        "link" => $"to sign in as {notice.Identity}, once",
        _ => TerminalText.Escape(notice.Identity is { } user ? $"{notice.Kind} of {user}" : notice.Kind),
    };
}
