using System.Globalization;

namespace NesActors.Transport.Mqtt;

/// <summary>What a broker says, made fit for a line on a terminal: it may be anybody's broker.</summary>
internal static class BrokerText
{
    private const int MaxLength = 200;

    /// <summary>The text in quotation marks behind a colon; empty where the broker said nothing.</summary>
    public static string Quote(string? said)
    {
        if (string.IsNullOrWhiteSpace(said)) return "";
        var line = new string([.. said.Take(MaxLength).Select(c => IsHarmless(c) ? c : '?')]);
        return $": \"{line}\"";
    }

    // Formatting characters turn the direction of a line; half of a surrogate pair is no character.
    private static bool IsHarmless(char c) =>
        char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator);
}
