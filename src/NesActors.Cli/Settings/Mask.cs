namespace NesActors.Cli.Settings;

/// <summary>Hides what must not be shown on a screen.</summary>
internal static class Mask
{
    public const string Stars = "********";

    /// <summary>The value as it may be shown.</summary>
    public static string Value(SettingKey key, string value)
    {
        if (value.Length == 0) return value;
        if (key.IsSecret) return Stars;
        return key.IsAddress ? Address(value) : value;
    }

    /// <summary>An address without its password, also one that is no proper URL: rather too much is hidden than too little.</summary>
    public static string Address(string value)
    {
        var at = value.LastIndexOf('@');
        if (at < 0) return value;
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var start = scheme >= 0 && scheme < at ? scheme + 3 : 0;
        var colon = value.IndexOf(':', start, at - start);
        return colon < 0 ? value : $"{value[..(colon + 1)]}{Stars}{value[at..]}";
    }
}
