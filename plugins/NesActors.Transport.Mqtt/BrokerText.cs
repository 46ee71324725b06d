namespace NesActors.Transport.Mqtt;

/// <summary>What a broker says, made fit for a line on a terminal: it may be anybody's broker.</summary>
internal static class BrokerText
{
    private const int MaxLength = 200;

    /// <summary>The text in quotation marks behind a colon; empty where the broker said nothing.</summary>
    public static string Quote(string? said)
    {
        if (string.IsNullOrWhiteSpace(said)) return "";
        var line = new string([.. said.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c)]);
        return $": \"{line}\"";
    }
}
