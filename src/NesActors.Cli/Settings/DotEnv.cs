using System.Text;

namespace NesActors.Cli.Settings;

/// <summary>
/// The format of the configuration file: what the original's reader (Go's godotenv) takes. <c>KEY=value</c> or <c>KEY: value</c>, blanks around, <c>export</c>
/// before, <c>#</c> comments, <c>'literal'</c>, <c>"with \n and $OTHER"</c>. The libraries on NuGet read neither <c>export</c> nor blanks nor expansion this way.
/// </summary>
internal static class DotEnv
{
    /// <summary>Reads a file's text. The last of two lines with one key wins.</summary>
    /// <exception cref="FormatException">A line is none of these; names the line, never its content.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (KeyOf(line, out var rest) is not { } key)
            {
                if (IsBlank(line)) continue;
                throw new FormatException($"line {number}: expected KEY = value");
            }
            values[key] = ReadValue(rest.Trim(), values) ?? throw new FormatException($"line {number}: the quotes of {key} do not end the value");
        }
        return values;
    }

    /// <summary>The same text with other values: lines of other keys and comments stay, new keys come last.</summary>
    public static string Rewrite(string text, IReadOnlyDictionary<string, string> values)
    {
        var result = new StringBuilder();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (KeyOf(line, out _) is not { } key || !values.TryGetValue(key, out var value)) result.Append(line).Append('\n');
            else if (written.Add(key)) result.Append(Format(key, value)).Append('\n');
        }
        if (text.Length == 0) result.Clear();
        foreach (var (key, value) in values)
        {
            if (written.Add(key)) result.Append(Format(key, value)).Append('\n');
        }
        return result.ToString();
    }

    /// <summary>One line, quoted only where it must be.</summary>
    public static string Format(string key, string value)
    {
        var plain = value.Trim() == value && value.IndexOfAny(['#', '$', '\'', '"', '\n', '\r']) < 0;
        if (plain) return $"{key} = {value}";
        if (value.IndexOfAny(['\'', '\n', '\r']) < 0) return $"{key} = '{value}'";
        var escaped = value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "\\$").Replace("\n", "\\n").Replace("\r", "\\r");
        return $"{key} = \"{escaped}\"";
    }

    private static bool IsBlank(string line) => line.Trim() is "" or ['#', ..];

    private static string? KeyOf(string line, out string rest)
    {
        rest = "";
        if (IsBlank(line)) return null;
        var at = line.IndexOfAny(['=', ':']);
        if (at < 0) return null;
        var key = line[..at].Trim();
        if (key.StartsWith("export ", StringComparison.Ordinal)) key = key["export ".Length..].TrimStart();
        rest = line[(at + 1)..];
        return key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? key : null;
    }

    private static string? ReadValue(string raw, Dictionary<string, string> known)
    {
        if (raw is not ['\'' or '"', ..])
        {
            var end = Enumerable.Range(0, raw.Length).FirstOrDefault(i => raw[i] == '#' && (i == 0 || char.IsWhiteSpace(raw[i - 1])), raw.Length);
            return Expand(raw[..end].TrimEnd(), known, escapes: false);
        }
        var quote = raw[0];
        var close = 1;
        while (close < raw.Length && raw[close] != quote) close += quote == '"' && raw[close] == '\\' ? 2 : 1;
        if (close >= raw.Length || !IsBlank(raw[(close + 1)..])) return null;
        return quote == '\'' ? raw[1..close] : Expand(raw[1..close], known, escapes: true);
    }

    private static string Expand(string value, Dictionary<string, string> known, bool escapes)
    {
        var result = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var next = i + 1 < value.Length ? value[i + 1] : '\0';
            if (value[i] == '\\' && (escapes || next == '$') && next != '\0')
            {
                result.Append(next switch { 'n' => '\n', 'r' => '\r', _ => next });
                i++;
            }
            else if (value[i] == '$' && VariableAt(value, i, out var length) is { } name)
            {
                result.Append(known.GetValueOrDefault(name));
                i += length - 1;
            }
            else
            {
                result.Append(value[i]);
            }
        }
        return result.ToString();
    }

    private static string? VariableAt(string value, int dollar, out int length)
    {
        var braced = dollar + 1 < value.Length && value[dollar + 1] == '{';
        var start = dollar + (braced ? 2 : 1);
        var end = start;
        while (end < value.Length && (char.IsAsciiLetterUpper(value[end]) || char.IsAsciiDigit(value[end]) || value[end] == '_')) end++;
        var closed = !braced || (end < value.Length && value[end] == '}');
        length = end - dollar + (braced ? 1 : 0);
        return end > start && closed ? value[start..end] : null;
    }
}
