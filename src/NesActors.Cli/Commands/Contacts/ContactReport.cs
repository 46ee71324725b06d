using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>A contact as a person or a program reads it.</summary>
internal static class ContactReport
{
    /// <summary>The heads of <see cref="Row"/>.</summary>
    public static readonly string[] Heads = ["NAME", "STANDING", "KEYS", "UNREAD", "ALIAS"];

    /// <summary>One row of a table. The alias is last: its characters may be wider than others.</summary>
    public static string[] Row(Contact contact) =>
        [contact.User.Value, CodeOf(contact.Standing), Keys(contact), contact.Unread == 0 ? "-" : $"{contact.Unread}", AliasOf(contact) ?? ""];

    /// <summary>All that is known, a line each.</summary>
    public static IEnumerable<string> Lines(Contact contact)
    {
        yield return $"user         {contact.User}";
        if (AliasOf(contact) is { } alias) yield return $"alias        {alias}";
        yield return $"standing     {CodeOf(contact.Standing)}";
        yield return $"keys         {Keys(contact)}";
        if (contact.Pinned is { } pinned)
        {
            yield return $"fingerprint  {pinned.ToGroups()}";
            yield return $"pinned       {Origin(contact)}";
        }
        yield return $"suite        {SuiteOf(contact)}";
        if (contact.SuiteKeys is { } suiteKeys) yield return $"its keys     {suiteKeys.ToGroups()}";
        if (contact.WithheldSuite is { } withheld) yield return $"withheld     {contact.User} does NOT SEE what you have published for suite {withheld}: stripped or held back on its way, or another key directory is asked";
        if (contact.Offered is { } offered) yield return $"OTHER KEYS   {offered.ToGroups()}{(contact.OfferedSuite is { } suite ? $" (for suite {suite})" : "")}";
        if (contact.ReadReceipts is { } receipts) yield return $"receipts     {(receipts ? "told what you have read" : "not told what you have read")}";
        if (contact.DeliveryReceipts is { } deliveries) yield return $"deliveries   {(deliveries ? "told what has arrived" : "not told what has arrived, nor what you have read")}";
        yield return $"messages     {KeptTime.Describe(contact.DisappearAfter)}";
        yield return $"unread       {contact.Unread}";
    }

    /// <summary>One object: user, alias, standing, trust, verified, fingerprint, pinned_by, vouched, offered, offered_suite, suite, suite_keys, suite_refusal, withheld_suite, read_receipts, delivery_receipts, disappear_after_seconds, unread.</summary>
    public static string Json(Contact contact) => JsonLine.Of(
        ("user", contact.User.Value), ("alias", contact.Alias), ("standing", CodeOf(contact.Standing)), ("trust", CodeOf(contact.Trust)), ("verified", contact.IsVerified),
        ("fingerprint", contact.Pinned?.Value), ("pinned_by", contact.Pinned is null ? null : CodeOf(contact.PinnedBy)), ("vouched", CodeOf(contact.Vouched)),
        ("offered", contact.Offered?.Value), ("offered_suite", contact.OfferedSuite), ("suite", contact.Suite), ("suite_keys", contact.SuiteKeys?.Value),
        ("suite_refusal", contact.SuiteRefusal == SuiteRefusal.None ? null : CodeOf(contact.SuiteRefusal)), ("withheld_suite", contact.WithheldSuite), ("read_receipts", contact.ReadReceipts),
        ("delivery_receipts", contact.DeliveryReceipts), ("disappear_after_seconds", (long?)contact.DisappearAfter?.TotalSeconds), ("unread", contact.Unread));

    /// <summary>Tells what was decided about a contact: in sentences, or as the object of <see cref="Json"/>.</summary>
    public static void Tell(Invocation run, Contact contact, params string[] sentences)
    {
        foreach (var line in run.IsJson ? [Json(contact)] : sentences) run.Out.WriteLine(line);
    }

    /// <summary><c>signed-change</c>, as <c>listen --json</c> writes it.</summary>
    public static string CodeOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string? AliasOf(Contact contact) => contact.Alias is { } alias ? TerminalText.Escape(alias) : null;

    private static string Keys(Contact contact) => contact.Trust switch
    {
        TrustState.Changed => "CHANGED",
        TrustState.Pinned => contact.IsVerified ? "verified" : "pinned",
        _ => "not seen",
    };

    private static string SuiteOf(Contact contact) => contact switch
    {
        { Suite: null, SuiteKeys: not null } => "that of the pinned keys; a better one was left",
        { Suite: null } => "that of the pinned keys",
        { SuiteRefusal: SuiteRefusal.Missing } => $"{contact.Suite}; the key directory shows NO KEYS for it now, so nothing is sent",
        { SuiteRefusal: SuiteRefusal.Older } => $"{contact.Suite}; the key directory shows an OLDER statement now, so nothing is sent",
        _ => contact.Suite,
    };

    private static string Origin(Contact contact) => contact.PinnedBy switch
    {
        PinOrigin.Person => "you accepted them by their fingerprint",
        PinOrigin.SignedChange => "the keys before them signed the change",
        PinOrigin.Imported => "they came from a file of contacts",
        _ => contact.Vouched switch
        {
            Vouching.Proved => "the first seen, proved by the key directory",
            Vouching.Plain => "the first seen; the key directory does not prove whose they are",
            _ => "the first seen",
        },
    };
}
