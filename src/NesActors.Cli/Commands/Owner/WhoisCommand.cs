using System.CommandLine;
using System.Globalization;
using NesActors.Cli.Doctor;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Suites;
using NesActors.Records;

namespace NesActors.Cli.Commands.Owner;

/// <summary><c>nes whois</c>: what the key directory says of a name, and what of that was verified.</summary>
internal static class WhoisCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "Whose record to show" };
        var history = new Option<bool>("--history") { Description = "All records that the name has had, each checked against the one before" };
        var json = CommonOptions.Json();
        var command = new Command("whois", "Show a user's record, its fingerprint, and what was verified") { name, history, json };
        return context.Bind(command, async (run, cancellation) =>
        {
            var user = CommonOptions.ParseUser(run.Get(name)!);
            var factory = run.Session();
            using var state = factory.State();
            var directory = factory.Directory(state);
            using var disposable = directory as IDisposable;
            if (run.Get(history)) return await ShowHistoryAsync(run, directory, user, run.Get(json), cancellation);
            var report = Report(factory.Suites.Reading(), await directory.LookUpAsync(user, cancellation), user, state.PinnedOf(user));
            Write(run, report, run.Get(json));
            return report.Code;
        });
    }

    private static WhoisReport Report(ICryptoSuite suite, LookupResult result, Username user, Fingerprint? pinned) => result switch
    {
        LookupResult.Found found => OfFound(suite, found, user, pinned),
        LookupResult.Revoked revoked => new WhoisReport(ExitCode.Untrusted, user, "revoked") { Proof = revoked.Proof, Note = revoked.ToString() },
        LookupResult.Deleted deleted => new WhoisReport(ExitCode.NotFound, user, "deleted") { Proof = deleted.Proof, Note = deleted.ToString() },
        LookupResult.NotFound none => new WhoisReport(ExitCode.NotFound, user, "unknown") { Note = none.IsProved ? "the directory signed that it knows no such user, or none who is active yet" : "the directory says that it knows no such user, and proves it not" },
        LookupResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
        LookupResult.Unavailable unavailable => throw new CliException(ExitCode.Network, unavailable.Detail),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is no result of a look-up."),
    };

    private static WhoisReport OfFound(ICryptoSuite suite, LookupResult.Found found, Username user, Fingerprint? pinned)
    {
        using var keys = suite.ReadPeer(found.Record);
        return new WhoisReport(pinned is null || pinned == keys.Fingerprint ? ExitCode.Done : ExitCode.Untrusted, user, "active")
        {
            Fingerprint = keys.Fingerprint,
            Pinned = pinned,
            Suites = JoinedSuite.OffersIn(keys),
            Proof = found.Proof,
            Statements = StatementChecks.SuitesOf(found.Record),
            Verified = found.Vouched switch
            {
                Vouching.Proved => "signed by the directory for this name, and fresh; not older than any record seen before",
                Vouching.Plain => "signed by the directory, for no name and no time: only the pin of the first keys seen, and comparing fingerprints, protect you",
                _ => "nothing: these are files",
            },
        };
    }

    private static void Write(Invocation run, WhoisReport report, bool json) => run.Out.Write(json ? report.ToJson() + "\n" : report.ToText());

    private static async Task<int> ShowHistoryAsync(Invocation run, IKeyDirectorySource source, Username user, bool json, CancellationToken cancellation)
    {
        if (source is not HttpKeyDirectory directory) throw CliException.Usage("a folder of files keeps no history");
        var records = await directory.HistoryAsync(user, cancellation) switch
        {
            HistoryResult.Found found => found.Records,
            HistoryResult.NotFound => throw CliException.NotFound($"{user} never was active at {directory.Address}"),
            HistoryResult.Plain => throw new CliException(ExitCode.Refused, "this key directory is of the original's kind and keeps no history"),
            HistoryResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
            HistoryResult.Unavailable unavailable => throw new CliException(ExitCode.Network, unavailable.Detail),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result of asking for a history."),
        };
        if (json)
        {
            foreach (var record in records) run.Out.WriteLine(ToJson(record));
            return ExitCode.Done;
        }
        TextTable.Write(run.Out, ["REV", "SINCE", "HOW", "OLD KEY SIGNED", "SIGN KEY"], records.Select(ToRow));
        run.Out.WriteLine($"{records.Count} records, each follows the one before.");
        return ExitCode.Done;
    }

    private static string ToJson(HistoryRecord entry) => JsonLine.Of(
        ("user", entry.Record.User.Value), ("rev", (int)entry.Record.Rev), ("since", Time(entry.Record.Since)), ("how", RecordHistory.NameOf(entry.Origin)),
        ("old_key_signed", entry.OldKeySigned), ("sign_key", SignKeyOf(entry)), ("hash", entry.Hash.Hex));

    private static string[] ToRow(HistoryRecord entry) =>
    [
        entry.Record.Rev.ToString(CultureInfo.InvariantCulture), Time(entry.Record.Since), RecordHistory.NameOf(entry.Origin),
        entry.Record.Rev == 1 ? "-" : entry.OldKeySigned ? "yes" : "no", SignKeyOf(entry)?[..16] ?? "-",
    ];

    private static string? SignKeyOf(HistoryRecord entry)
    {
        if (entry.Record.SignKey is not { } pem) return null;
        using var key = Rsa.RsaPublicKey.FromPem(pem);
        return Digest.Of(key).Hex;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
