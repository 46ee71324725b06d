using System.Text;
using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>
/// Events for programs: one JSON object a line, ASCII only. All have <c>type</c>, <c>cursor</c> (grows with each event) and <c>at</c> (our clock); times are
/// ISO 8601 in UTC.
/// </summary>
/// <remarks>
/// <c>message</c>: id, from, text, sent_at, received_at, under_changed_key, out_of_time, request (from a stranger),
/// older_suite (by a weaker suite than the sender has), breaks_chain (its sender wrote another message before it than arrived).
/// <c>delivery</c>: id, to, text, state (queued, published, failed, unknown), failure, detail.
/// <c>contact</c>: user, alias, standing (stranger, accepted, blocked), trust (unseen, pinned, changed), vouched (none, plain, proved), verified, fingerprint,
/// pinned_by (first-seen, person, signed-change, imported), offered, suite, suite_refusal (none, missing, older), unread.
/// <c>connection</c>: state (starting, online, reconnecting, stopping), detail.
/// </remarks>
internal sealed class JsonPrinter(OutputLines lines) : IEventPrinter
{
    /// <inheritdoc/>
    public Task PrintAsync(MessengerEvent happened, CancellationToken cancellation) => lines.PrintAsync(Format(happened), cancellation);

    private static string Format(MessengerEvent happened)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            switch (happened)
            {
                case MessageReceived received: Write(json, received.Message); break;
                case MessageStateChanged changed: WriteDelivery(json, changed.Message); break;
                case ContactChanged changed: Write(json, changed.Contact); break;
                case ConnectionChanged changed: Write(json, changed); break;
                default: throw new ArgumentException($"There is no JSON for {happened.GetType().Name}.", nameof(happened));
            }
            json.WriteNumber("cursor", happened.Cursor);
            WriteTime(json, "at", happened.At);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, StoredMessage message)
    {
        json.WriteString("type", "message");
        json.WriteString("id", message.Id.Value);
        json.WriteString("from", message.Contact.Value);
        json.WriteString("text", WellFormed(message.Text));
        WriteTime(json, "sent_at", message.SentAt);
        WriteTime(json, "received_at", message.RecordedAt);
        json.WriteBoolean("under_changed_key", message.UnderChangedKey);
        json.WriteBoolean("out_of_time", message.IsOutOfTime);
        json.WriteBoolean("request", message.IsRequest);
        json.WriteBoolean("older_suite", message.IsOlderSuite);
        json.WriteBoolean("breaks_chain", message.BreaksChain);
    }

    private static void WriteDelivery(Utf8JsonWriter json, StoredMessage message)
    {
        json.WriteString("type", "delivery");
        json.WriteString("id", message.Id.Value);
        json.WriteString("to", message.Contact.Value);
        json.WriteString("text", WellFormed(message.Text));
        json.WriteString("state", Code(message.State));
        json.WriteString("failure", message.State == MessageState.Failed ? Code(message.Failure) : null);
        json.WriteString("detail", message.Detail is { } detail ? WellFormed(detail) : null);
    }

    private static void Write(Utf8JsonWriter json, Contact contact)
    {
        json.WriteString("type", "contact");
        json.WriteString("user", contact.User.Value);
        json.WriteString("alias", contact.Alias is { } alias ? WellFormed(alias) : null);
        json.WriteString("standing", Code(contact.Standing));
        json.WriteString("trust", Code(contact.Trust));
        json.WriteString("vouched", Code(contact.Vouched));
        json.WriteBoolean("verified", contact.IsVerified);
        json.WriteString("fingerprint", contact.Pinned?.Value);
        json.WriteString("pinned_by", contact.Pinned is null ? null : Code(contact.PinnedBy));
        json.WriteString("offered", contact.Offered?.Value);
        json.WriteString("suite", contact.Suite);
        json.WriteString("suite_refusal", Code(contact.SuiteRefusal));
        json.WriteString("withheld_suite", contact.WithheldSuite);
        if (contact.DisappearAfter is { } after) json.WriteNumber("disappear_after_seconds", (long)after.TotalSeconds);
        else json.WriteNull("disappear_after_seconds");
        json.WriteNumber("unread", contact.Unread);
    }

    private static void Write(Utf8JsonWriter json, ConnectionChanged connection)
    {
        json.WriteString("type", "connection");
        json.WriteString("state", Code(connection.State));
        json.WriteString("detail", connection.Detail is { } detail ? WellFormed(detail) : null);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) => json.WriteString(name, time.UtcDateTime);

    private static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Half a surrogate pair becomes U+FFFD: there is no other way to write it in UTF-8.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
