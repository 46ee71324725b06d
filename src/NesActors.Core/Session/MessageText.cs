using System.Text;
using NesActors.Contracts;

namespace NesActors.Core.Session;

/// <summary>What may be sent.</summary>
public static class MessageText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is longer than <see cref="Message.MaxTextBytes"/>, or is no valid Unicode.</exception>
    public static void Check(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int bytes;
        try
        {
            bytes = StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The text is no valid Unicode: half of a character stands alone in it.", nameof(text), e);
        }

        if (bytes > Message.MaxTextBytes)
            throw new ArgumentException($"The text is longer than {Message.MaxTextBytes / 1024} KiB ({bytes:N0} bytes in UTF-8).", nameof(text));
    }
}
