using System.Globalization;
using System.Text;
using NesActors.Contracts;

namespace NesActors.Records;

/// <summary>
/// What owners and directories sign (docs/directory-protocol.md): lines of text, each ended by a line feed, the first of which says what
/// kind of statement it is. No field can hold a line feed, so a statement reads in one way only.
/// </summary>
public static class Statements
{
    /// <summary>The directory: these bytes of a <c>response</c> are true from one time until another.</summary>
    public static byte[] Fresh(Digest directory, Digest response, DateTimeOffset issued, DateTimeOffset expires) =>
        Lines("fresh", directory.Hex, response.Hex, Millis(issued), Millis(expires));

    /// <summary>The directory: there is no such user.</summary>
    public static byte[] Absent(Digest directory, Username user, DateTimeOffset issued, DateTimeOffset expires) =>
        Lines("absent", directory.Hex, user.Value, Millis(issued), Millis(expires));

    /// <summary>The owner of a new sign key: I register it.</summary>
    /// <exception cref="ArgumentException">The address holds a control character.</exception>
    public static byte[] Register(Digest directory, Username user, string email, KeyDigests keys) => email.Any(char.IsControl)
        ? throw new ArgumentException("An e-mail address holds no control characters.", nameof(email))
        : Lines("register", directory.Hex, user.Value, email, keys.Message.Hex, keys.Sign.Hex);

    /// <summary>The owners of the old and of the new sign key: these keys come next.</summary>
    public static byte[] Change(Digest directory, Username user, long rev, Digest prev, KeyDigests keys) =>
        Lines("change", directory.Hex, user.Value, Number(rev), prev.Hex, keys.Message.Hex, keys.Sign.Hex);

    /// <summary>The owner of a sign key: nobody may use it any more.</summary>
    public static byte[] Revoke(Digest directory, Username user, Digest signKey) => Lines("revoke", directory.Hex, user.Value, signKey.Hex);

    /// <summary>The owner of the sign key: I leave.</summary>
    public static byte[] Delete(Digest directory, Username user, long rev, Digest prev) =>
        Lines("delete", directory.Hex, user.Value, Number(rev), prev.Hex);

    /// <summary>The owner of the sign key: this is what I say for a suite, as long as this record is mine.</summary>
    /// <param name="directory">The directory's id.</param>
    /// <param name="user">The owner.</param>
    /// <param name="record">The hash of the record as it is.</param>
    /// <param name="suite">The suite's id.</param>
    /// <param name="revision">The new <see cref="SuiteStatements.Revision"/>.</param>
    /// <param name="text">What is said, printable ASCII; null: nothing any more.</param>
    public static byte[] Publish(Digest directory, Username user, Digest record, string suite, long revision, string? text) => Lines(
        "publish", directory.Hex, user.Value, record.Hex, suite, Number(revision), text is null ? "-" : Digest.Of(Encoding.ASCII.GetBytes(text)).Hex);

    /// <summary>The owner of a new sign key: I ask for these keys to take the place of lost ones.</summary>
    public static byte[] Recover(Digest directory, Username user, KeyDigests keys) =>
        Lines("recover", directory.Hex, user.Value, keys.Message.Hex, keys.Sign.Hex);

    /// <summary>The owner of the present sign key: these keys are not mine, stop the recovery.</summary>
    public static byte[] Veto(Digest directory, Username user, KeyDigests keys) =>
        Lines("veto", directory.Hex, user.Value, keys.Message.Hex, keys.Sign.Hex);

    internal static byte[] Lines(string kind, params ReadOnlySpan<string> fields)
    {
        var text = new StringBuilder($"nes-directory-{kind}-v1\n");
        foreach (var field in fields) text.Append(field).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Millis(DateTimeOffset time) => Number(time.ToUnixTimeMilliseconds());
}
