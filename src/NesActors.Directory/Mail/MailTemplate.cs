using System.Net;
using System.Text.RegularExpressions;

namespace NesActors.Directory.Mail;

/// <summary>The texts of one kind of mail, with places like <c>{{user}}</c> that are filled in once: what stands in a value is never a place.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">The part in plain text.</param>
/// <param name="Html">The part in HTML.</param>
internal sealed partial record MailTemplate(string Subject, string Text, string Html)
{
    private const string SubjectMark = "Subject: ";

    /// <summary>Takes the contents of <c>KIND.txt</c>, whose first line is the subject, and <c>KIND.html</c>.</summary>
    /// <param name="places">The places that there are.</param>
    /// <param name="needed">Those that both parts must have: the links.</param>
    /// <exception cref="FormatException">Something is wrong with one of them; the message says which and what.</exception>
    public static MailTemplate Parse(string name, string text, string html, IReadOnlyCollection<string> places, IReadOnlyCollection<string> needed)
    {
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !lines.StartsWith(SubjectMark, StringComparison.Ordinal) || lines[SubjectMark.Length..end].Trim().Length == 0)
            throw new FormatException($"{name}.txt must begin with a line '{SubjectMark}…'");
        var template = new MailTemplate(lines[SubjectMark.Length..end].Trim(), lines[end..].TrimStart('\n'), html.ReplaceLineEndings("\n"));
        Check($"{name}.txt, its subject", template.Subject, places, []);
        Check($"{name}.txt", template.Text, places, needed);
        Check($"{name}.html", template.Html, places, needed);
        return template;
    }

    public string FillSubject(IReadOnlyDictionary<string, string> values) => Place().Replace(Subject, place => values[place.Groups[1].Value]);

    public string FillText(IReadOnlyDictionary<string, string> values) => Place().Replace(Text, place => values[place.Groups[1].Value]);

    public string FillHtml(IReadOnlyDictionary<string, string> values) => Place().Replace(Html, place => WebUtility.HtmlEncode(values[place.Groups[1].Value]));

    private static void Check(string file, string text, IReadOnlyCollection<string> places, IReadOnlyCollection<string> needed)
    {
        var used = Place().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        if (used.Except(places).FirstOrDefault() is { } unknown)
            throw new FormatException($"{file} has {{{{{unknown}}}}}; there are {string.Join(' ', places.Select(place => $"{{{{{place}}}}}"))}");
        if (needed.Except(used).FirstOrDefault() is { } missing) throw new FormatException($"{file} lacks {{{{{missing}}}}}, without which nobody can follow the link");
    }

    [GeneratedRegex(@"\{\{([^{}]*)\}\}")]
    private static partial Regex Place();
}
