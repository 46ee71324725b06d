using System.Text;

namespace NesActors.Core.Suites;

/// <summary>The beginning of a composed content that says which of several suites it is of.</summary>
internal static class SuiteContent
{
    // No suite's content so far begins with it: JSON does not, and neither does the length of a name.
    private const byte Mark = 0xfe;
    private const int Before = 2;

    public static byte[] Write(string suite, ReadOnlySpan<byte> content) => [Mark, (byte)suite.Length, .. Encoding.ASCII.GetBytes(suite), .. content];

    /// <summary>The suite's id; null where none is named.</summary>
    public static string? SuiteOf(ReadOnlySpan<byte> content) => LengthOf(content) is { } length ? Encoding.ASCII.GetString(content.Slice(Before, length)) : null;

    /// <summary>What the suite made.</summary>
    public static ReadOnlyMemory<byte> Inner(ReadOnlyMemory<byte> content) => LengthOf(content.Span) is { } length ? content[(Before + length)..] : content;

    private static int? LengthOf(ReadOnlySpan<byte> content) => content is [Mark, var length, ..] && content.Length >= Before + length ? length : null;
}
