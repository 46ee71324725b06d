using System.Globalization;
using System.Text.RegularExpressions;

namespace NesActors.Cli.Commands.Gateway;

/// <summary>When a token ends, as a person writes it.</summary>
internal static partial class TokenExpiry
{
    /// <summary>Reads <c>30d</c>, <c>12h</c>, <c>15min</c>, or a day.</summary>
    /// <exception cref="CliException">It is none of these.</exception>
    public static DateTimeOffset Parse(string text, TimeProvider clock)
    {
        if (Span().Match(text) is { Success: true } match)
        {
            var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
            return clock.GetUtcNow() + match.Groups["unit"].Value switch
            {
                "d" => TimeSpan.FromDays(count),
                "h" => TimeSpan.FromHours(count),
                _ => TimeSpan.FromMinutes(count),
            };
        }
        if (!DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw CliException.Usage($"--expires is '{text}': expected 30d, 12h, 15min or a day like 2027-01-31");
        return new DateTimeOffset(day, clock.LocalTimeZone.GetUtcOffset(day)).ToUniversalTime();
    }

    [GeneratedRegex(@"^(?<count>[0-9]{1,5})(?<unit>d|h|min)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Span();
}
