using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Commands;

/// <summary><c>nes status</c>: how the running session does, and who runs it.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "Show how the running session does: connection, what waits, what was dropped") { json };
        return context.Bind(command, async (run, cancellation) =>
        {
            using var attached = await SharedSession.TryAttachAsync(run, isOneShot: true, cancellation);
            if (attached is null) return Nobody(run, run.Get(json));
            var status = await attached.StatusAsync(cancellation);
            var blind = (await attached.ContactsAsync(cancellation)).Where(contact => contact.WithheldSuite is not null).ToList();
            if (run.Get(json)) run.Out.WriteLine(Json(attached.Owner, status, blind));
            else WriteText(run, attached.Owner, status, blind);
            return ExitCode.Done;
        });
    }

    private static int Nobody(Invocation run, bool json)
    {
        if (json) run.Out.WriteLine(JsonLine.Of(("user", run.Settings.User.Value), ("running", false)));
        else run.Error.WriteLine($"nes: nobody runs a session of {run.Settings.User}; begin with: nes listen -u {run.Settings.User}");
        return ExitCode.Network;
    }

    private static void WriteText(Invocation run, OwnerInfo owner, MessengerStatus status, List<Contact> blind)
    {
        var since = TimeZoneInfo.ConvertTime(owner.Since, run.Environment.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var detail = status.Detail is { Length: > 0 } text ? $" ({TerminalText.Escape(text)})" : "";
        run.Out.WriteLine($"{status.Me}: {CodeOf(status.Connection)}{detail}");
        run.Out.WriteLine($"  run by process {owner.ProcessId} since {since}");
        run.Out.WriteLine($"  broker {owner.Broker}, key directory {owner.Directory}");
        run.Out.WriteLine($"  waiting to go out: {status.Queued}; arrived and not yet looked through: {status.Spooled}; received since then: {status.Received}");
        run.Out.WriteLine(status.Dropped.Count == 0
            ? "  dropped: none"
            : $"  dropped: {string.Join(", ", status.Dropped.OrderBy(drop => drop.Key).Select(drop => $"{CodeOf(drop.Key)} {drop.Value}"))}");
        if (blind.Count > 0)
            run.Out.WriteLine($"  do not see what you have published for your suites, so that somebody may strip it or hold it back on its way to them: {string.Join(", ", blind.Select(contact => $"{contact.User} ({contact.WithheldSuite})"))}");
        if (owner.Unpublished is { } trouble) run.Out.WriteLine($"  what you say for your suites is not published: {TerminalText.Escape(trouble)}");
    }

    /// <summary>One object: user, running, connection, detail, queued, spooled, received, dropped (<c>{"repeated": 2}</c>), process, since, broker, directory, unpublished (why what the user says for suites is not published), withheld (the contacts who do not see it though it is published).</summary>
    private static string Json(OwnerInfo owner, MessengerStatus status, List<Contact> blind) => JsonLine.Of(
        ("user", status.Me.Value), ("running", true), ("connection", CodeOf(status.Connection)), ("detail", status.Detail),
        ("queued", status.Queued), ("spooled", status.Spooled), ("received", status.Received),
        ("dropped", status.Dropped.OrderBy(drop => drop.Key).ToDictionary(drop => CodeOf(drop.Key), drop => drop.Value)),
        ("process", owner.ProcessId), ("since", owner.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("broker", owner.Broker), ("directory", owner.Directory), ("unpublished", owner.Unpublished),
        ("withheld", blind.Count == 0 ? null : blind.Select(contact => contact.User.Value).ToList()));

    private static string CodeOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
