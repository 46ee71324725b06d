using System.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>
/// A file of contacts: UTF-8, a JSON object a line with <c>user</c>, <c>alias</c>, <c>fingerprint</c>, <c>standing</c> (<c>accepted</c>, <c>blocked</c>, <c>stranger</c>),
/// <c>read_receipts</c> and <c>delivery_receipts</c> where something is said of them, and <c>verified</c>, which tells a reader and is not taken over: it was about other keys than the reader's own.
/// For how long messages are kept is not in it: a file that anybody may have written deletes none here.
/// Whoever wrote it may be anybody: what is not just so is refused as a whole.
/// </summary>
internal static class ContactFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxBytes = 16 << 20;

    private const int MaxLine = 2048, MaxContacts = 100_000;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    /// <summary>The line of a contact, without its end.</summary>
    public static string Line(Contact contact) => JsonLine.Of(
        ("user", contact.User.Value), ("alias", contact.Alias), ("fingerprint", contact.Pinned?.Value), ("standing", ContactReport.CodeOf(contact.Standing)),
        ("verified", contact.IsVerified), ("read_receipts", contact.ReadReceipts), ("delivery_receipts", contact.DeliveryReceipts));

    /// <summary>Reads a file. Empty lines are nothing.</summary>
    /// <exception cref="FormatException">It is none; says in which line, and never quotes it.</exception>
    public static IReadOnlyList<Contact> Read(ReadOnlySpan<byte> content)
    {
        var contacts = new Dictionary<Username, Contact>();
        var number = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            var line = content[range].TrimEnd((byte)'\r');
            if (line.IsEmpty) continue;
            if (line.Length > MaxLine) throw Wrong(number, $"is longer than {MaxLine} bytes");
            var contact = ReadLine(line, number);
            if (!contacts.TryAdd(contact.User, contact)) throw Wrong(number, $"is about {contact.User}, who came before");
            if (contacts.Count > MaxContacts) throw Wrong(number, $"is one more than the {MaxContacts} contacts that a file may have");
        }
        return [.. contacts.Values];
    }

    private static Contact ReadLine(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8.GetString(line), Options);
            return ReadContact(document.RootElement, number);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // No UTF-8, no JSON, a member of another type, half a surrogate pair.
            throw new FormatException($"line {number} is no contact", error);
        }
    }

    private static Contact ReadContact(JsonElement root, int number)
    {
        if (root.EnumerateObject().Any(member => member.Name is not ("user" or "alias" or "fingerprint" or "standing" or "verified" or "read_receipts" or "delivery_receipts"))) throw Wrong(number, "has a field that no contact has");
        if (!Username.TryParse(TextOf(root, "user"), out var user)) throw Wrong(number, "has no user's name");
        var keys = KeysOf(root, number);
        var isVerified = root.TryGetProperty("verified", out var verified) && verified.GetBoolean();
        if (isVerified && keys is null) throw Wrong(number, "says that keys were verified, and names none");
        var alias = TextOf(root, "alias");
        if (alias is not null && ContactChange.Rename.ProblemOf(alias, user, _ => false) is { } problem) throw Wrong(number, $"has an alias that is none: {problem}");
        return new Contact(user, keys is null ? TrustState.Unseen : TrustState.Pinned, keys, null, 0)
        {
            Alias = alias,
            IsVerified = isVerified,
            PinnedBy = PinOrigin.Imported,
            ReadReceipts = TruthOf(root, "read_receipts"),
            DeliveryReceipts = TruthOf(root, "delivery_receipts"),
            Standing = TextOf(root, "standing") switch
            {
                "accepted" => ContactStanding.Accepted,
                "blocked" => ContactStanding.Blocked,
                "stranger" => ContactStanding.Stranger,
                _ => throw Wrong(number, "says nothing of its standing: accepted, blocked or stranger"),
            },
        };
    }

    private static Fingerprint? KeysOf(JsonElement root, int number)
    {
        if (TextOf(root, "fingerprint") is not { } text) return null;
        return Fingerprint.TryParse(text, out var keys) ? keys : throw Wrong(number, "has a fingerprint that is none");
    }

    private static string? TextOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? throw new JsonException() : null;

    private static bool? TruthOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetBoolean() : null;

    private static FormatException Wrong(int number, string what) => new($"line {number} {what}");
}
