using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;

namespace NesActors.Cli.Commands.Owner;

/// <summary>A link of a mail, as a person pasted it.</summary>
internal static class MailLink
{
    /// <exception cref="CliException">It is none.</exception>
    public static Uri Parse(string text) =>
        Uri.TryCreate(text.Trim().Trim('<', '>'), UriKind.Absolute, out var link) && link.Scheme is "http" or "https"
            ? link
            : throw CliException.Usage("this is no link; copy all of it from the mail, in quotes");

    /// <summary>What the link would do.</summary>
    /// <returns>Null at a directory of the original's kind, where looking would do it already.</returns>
    /// <exception cref="CliException">It does nothing, or nobody says what.</exception>
    public static async Task<LinkResult.Known?> LookAsync(OwnSession own, Uri link, CancellationToken cancellation) =>
        await own.Directory.Links.LookAsync(link, cancellation) switch
        {
            LinkResult.Known known => known,
            LinkResult.Plain => null,
            LinkResult.Refused refused => throw new CliException(ExitCode.Refused, $"{refused.Reason}; a link works once, and not for ever"),
            LinkResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
            LinkResult.Unavailable unavailable => throw new CliException(ExitCode.Network, unavailable.Detail),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result of a look at a link."),
        };
}
