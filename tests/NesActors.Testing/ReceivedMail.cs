using System.Globalization;
using System.Text;

namespace NesActors.Testing;

/// <summary>A mail as <see cref="EximServer"/> keeps it in its queue.</summary>
/// <param name="Recipients">Those of the envelope.</param>
/// <param name="Headers">The lines of the head, those folded as they came.</param>
/// <param name="Body">What follows, as it came.</param>
public sealed record ReceivedMail(IReadOnlyList<string> Recipients, IReadOnlyList<string> Headers, string Body)
{
    /// <summary>The whole as it came over the line.</summary>
    public string Raw => string.Concat(Headers) + "\n" + Body;

    /// <summary>Reads the two files of exim's queue: envelope and head, and the body (exim's specification, 57).</summary>
    public static ReceivedMail Read(string headFile, string bodyFile)
    {
        var head = File.ReadAllText(headFile, Encoding.Latin1);
        var end = head.IndexOf("\n\n", StringComparison.Ordinal);
        // The envelope ends with the number of recipients, and they.
        var envelope = head[..end].Split('\n');
        var count = Array.FindLastIndex(envelope, line => line.Length > 0 && line.All(char.IsAsciiDigit));
        var body = File.ReadAllText(bodyFile, Encoding.UTF8);
        return new ReceivedMail(envelope[(count + 1)..], [.. ReadHeaders(head, end + 2)], body[(body.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    private static IEnumerable<string> ReadHeaders(string head, int at)
    {
        // Each begins with its length, a letter and a blank.
        while (at < head.Length)
        {
            var digits = head.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            var length = int.Parse(head.AsSpan(at, digits), CultureInfo.InvariantCulture);
            yield return head.Substring(at + digits + 2, length);
            at += digits + 2 + length;
        }
    }
}
