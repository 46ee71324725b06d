using System.Globalization;
using System.Text.RegularExpressions;

namespace NesActors.Directory.Limits;

/// <summary>How often something may be done: <paramref name="Burst"/> times at once, and <paramref name="Count"/> times in each period after that.</summary>
/// <param name="Count">At least 1.</param>
/// <param name="Period">More than nothing.</param>
/// <param name="Burst">At least 1.</param>
public sealed partial record Rate(int Count, TimeSpan Period, int Burst)
{
    /// <summary>The time after which one more is allowed.</summary>
    public TimeSpan Interval => Period / Count;

    /// <summary>Reads <c>50/s:200</c>: 50 a second, 200 at once. Units are s, min, h and d; without the second number as many are allowed at once as in a period.</summary>
    /// <returns>Null where the text is none, or a number is none from 1 to 1,000,000.</returns>
    public static Rate? TryParse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match || NumberOf(match.Groups["count"]) is not { } count) return null;
        if (NumberOf(match.Groups["burst"].Success ? match.Groups["burst"] : match.Groups["count"]) is not { } burst) return null;
        return new Rate(count, PeriodOf(match.Groups["unit"].Value), burst);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}/{UnitOf(Period)}:{Burst}");

    private static int? NumberOf(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is > 0 and <= 1_000_000 and var number ? number : null;

    private static TimeSpan PeriodOf(string unit) => unit switch
    {
        "s" => TimeSpan.FromSeconds(1),
        "min" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    private static string UnitOf(TimeSpan period) =>
        period == TimeSpan.FromSeconds(1) ? "s" : period == TimeSpan.FromMinutes(1) ? "min" : period == TimeSpan.FromHours(1) ? "h" : "d";

    [GeneratedRegex(@"^(?<count>[0-9]{1,7})/(?<unit>s|min|h|d)(:(?<burst>[0-9]{1,7}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
