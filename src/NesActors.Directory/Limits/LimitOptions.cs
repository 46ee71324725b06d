namespace NesActors.Directory.Limits;

/// <summary>What one client may ask for, by its address (IPv6: by the first 64 bits, which one household has), and what all together may.</summary>
public sealed record LimitOptions
{
    /// <summary>Reading: look-ups, histories, pages.</summary>
    public Rate LookUps { get; init; } = new(50, TimeSpan.FromSeconds(1), 200);

    /// <summary>Proofs that a name is not active (<c>?proof=1</c>), each of which may cost a signature.</summary>
    public Rate Proofs { get; init; } = new(1, TimeSpan.FromSeconds(1), 20);

    /// <summary>Registrations, refused ones too.</summary>
    public Rate Registrations { get; init; } = new(20, TimeSpan.FromDays(1), 20);

    /// <summary>Changes of keys, revocations, deletions, requests for recovery and vetoes.</summary>
    public Rate Changes { get; init; } = new(30, TimeSpan.FromHours(1), 30);

    /// <summary>Statements for suites, which clients publish by themselves, once a week or so: so many by one address, and so many for one name.</summary>
    public Rate Statements { get; init; } = new(60, TimeSpan.FromHours(1), 30);

    /// <summary>What the button of a link's page sends.</summary>
    public Rate Links { get; init; } = new(60, TimeSpan.FromHours(1), 30);

    /// <summary>Mails to one e-mail address, whoever asks for them.</summary>
    public Rate Mails { get; init; } = new(5, TimeSpan.FromDays(1), 5);

    /// <summary>How many requests that change something may wait for a processor core; more are told to come again.</summary>
    public int Waiting { get; init; } = 256;

    /// <summary>
    /// Reads what is to differ from the defaults: <c>lookups=100/s:400,registrations=50/d,waiting=64</c>. <c>on</c> is all the defaults, <c>off</c> no limits at all.
    /// </summary>
    /// <exception cref="FormatException">Something is none of these; the message names it.</exception>
    public static LimitOptions? Parse(string text)
    {
        if (text == "off") return null;
        var options = new LimitOptions();
        return text == "on" ? options : text.Split(',', StringSplitOptions.TrimEntries).Aggregate(options, (before, part) => before.With(part));
    }

    private LimitOptions With(string part)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = at < 0 ? (part, "") : (part[..at], part[(at + 1)..]);
        if (name == "waiting")
        {
            return int.TryParse(value, System.Globalization.NumberStyles.None, null, out var waiting) && waiting <= 100_000
                ? this with { Waiting = waiting }
                : throw new FormatException($"'{part}': expected a number up to 100000, for instance waiting=256");
        }
        var rate = Rate.TryParse(value);
        return (name, rate) switch
        {
            ("lookups", { } given) => this with { LookUps = given },
            ("proofs", { } given) => this with { Proofs = given },
            ("registrations", { } given) => this with { Registrations = given },
            ("changes", { } given) => this with { Changes = given },
            ("statements", { } given) => this with { Statements = given },
            ("links", { } given) => this with { Links = given },
            ("mails", { } given) => this with { Mails = given },
            ("lookups" or "proofs" or "registrations" or "changes" or "statements" or "links" or "mails", null) =>
                throw new FormatException($"'{part}': expected a rate like 50/s:200, with s, min, h or d, and the number allowed at once"),
            _ => throw new FormatException($"'{part}': expected on, off, or lookups, proofs, registrations, changes, statements, links, mails, waiting with '=' and a value"),
        };
    }
}
