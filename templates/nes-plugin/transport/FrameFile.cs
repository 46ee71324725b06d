using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NesActors.Contracts.Transport;

namespace Nes_Plugin;

/// <summary>A frame that waits in a mailbox: <c>TIME-RANDOM.frame</c>, a mark and the bytes. Whatever else lies there, and links, are left alone.</summary>
internal static partial class FrameFile
{
    private const int MaxFrame = 1024 * 1024, MaxWaiting = 1000;
    private const byte Mark = (byte)'F';
    private static readonly Lock Naming = new();
    private static long _last;

    /// <summary>Puts a frame into a mailbox, which is made where there is none.</summary>
    public static PublishResult Drop(string mailbox, ReadOnlyMemory<byte> frame) => Try(() =>
    {
        if (frame.Length > MaxFrame) return new PublishResult(PublishOutcome.Refused, $"the frame is larger than the {MaxFrame} bytes that are taken");
        if (IsLink(Directory.CreateDirectory(mailbox))) return new PublishResult(PublishOutcome.Refused, "the mailbox is a link to somewhere else");
        if (Names(mailbox).Take(MaxWaiting).Count() == MaxWaiting) return new PublishResult(PublishOutcome.Refused, "more frames wait for the recipient than there is room for");
        return Write(Path.Combine(mailbox, NextName()), frame) is { } why ? new PublishResult(PublishOutcome.NotSent, why) : PublishResult.Confirmed;
    }, why => new PublishResult(PublishOutcome.NotSent, why));

    /// <summary>Writes a new file and then gives it its name: nobody sees half of one, and a link that somebody has put there is replaced, not followed.</summary>
    /// <returns>Why it could not; <see langword="null"/> where it is there.</returns>
    public static string? Write(string path, ReadOnlyMemory<byte> bytes) => Try<string?>(() =>
    {
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{RandomNumberGenerator.GetHexString(16)}.part");
        try
        {
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                file.WriteByte(Mark);
                file.Write(bytes.Span);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
            return null;
        }
        finally
        {
            Delete(part);
        }
    }, why => why);

    /// <summary>
    /// The files that wait, oldest first. A listing may show a file and not one that came before it, if both come while it is made: so of a second listing only what
    /// is not newer than the first's newest is taken, and what came before that is in it.
    /// </summary>
    public static IReadOnlyList<string> Waiting(string mailbox) =>
        Directory.Exists(mailbox) && !IsLink(new DirectoryInfo(mailbox)) && Names(mailbox).Take(MaxWaiting).Max(StringComparer.Ordinal) is { } newest
            ? [.. Names(mailbox).Take(2 * MaxWaiting).Where(name => string.CompareOrdinal(name, newest) <= 0).Order(StringComparer.Ordinal).Select(name => Path.Combine(mailbox, name))] : [];

    /// <summary>Reads no more than a frame has, and nothing from what is no file: a pipe, on which reading would wait for ever, has no length.</summary>
    public static byte[]? Read(string path) => Try(() =>
    {
        if (new FileInfo(path) is not { LinkTarget: null, Length: > 0 and <= MaxFrame + 1 }) return null;
        using var file = File.OpenRead(path);
        var bytes = new byte[MaxFrame + 2];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length is > 0 and <= MaxFrame + 1 && bytes[0] == Mark ? bytes[1..length] : null;
    }, _ => null);

    /// <summary>A frame that cannot be deleted comes again at the next start, and the program knows it by then.</summary>
    public static void Delete(string path) => Try<object?>(() =>
    {
        File.Delete(path);
        return null;
    }, _ => null);

    /// <summary>Takes an empty mailbox away: whoever sends to it next makes it again, and whoever does so just now tries once more.</summary>
    public static void DeleteEmpty(string mailbox) => Try<object?>(() =>
    {
        if (!IsLink(new DirectoryInfo(mailbox))) Directory.Delete(mailbox);
        return null;
    }, _ => null);

    [GeneratedRegex(@"^[0-9]{19}-[0-9A-F]{16}[.]frame\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private static IEnumerable<string> Names(string mailbox) => Directory.EnumerateFiles(mailbox).Select(path => Path.GetFileName(path)).Where(name => Name().IsMatch(name));

    /// <summary>What others do to the folder meanwhile is no fault of ours.</summary>
    private static T Try<T>(Func<T> work, Func<string, T> otherwise)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return otherwise(error.Message);
        }
    }

    private static bool IsLink(DirectoryInfo folder) => folder.LinkTarget is not null;

    /// <summary>Later than all before it in this process, also where the clock is set back, or stands.</summary>
    private static string NextName()
    {
        lock (Naming)
        {
            _last = Math.Max(TimeProvider.System.GetUtcNow().UtcTicks, _last + 1);
            return string.Create(CultureInfo.InvariantCulture, $"{_last:D19}-{RandomNumberGenerator.GetHexString(16)}.frame");
        }
    }
}
