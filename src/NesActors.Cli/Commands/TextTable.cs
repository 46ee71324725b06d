namespace NesActors.Cli.Commands;

/// <summary>Columns of plain text; the last one is as long as it is.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows];
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
