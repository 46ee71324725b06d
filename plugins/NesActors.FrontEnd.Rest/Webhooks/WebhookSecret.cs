using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// Signs what a webhook is told, as the specification "Standard Webhooks" 1.0 does with symmetric keys: HMAC-SHA256 over <c>id.timestamp.body</c>, so that a receiver can refuse what somebody else
/// made up, changed, or recorded and sends once more.
/// </summary>
internal static class WebhookSecret
{
    /// <summary>How many bytes there are.</summary>
    public const int Length = 32;

    private const string Prefix = "whsec_";

    /// <summary>A new one.</summary>
    public static byte[] New() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>As the person is shown it: <c>whsec_</c> and base64.</summary>
    public static string ToText(ReadOnlySpan<byte> secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>The value of <c>webhook-signature</c>: a signature by each secret, with blanks between.</summary>
    /// <param name="secrets">The webhook's secrets that are valid now.</param>
    /// <param name="id">The value of <c>webhook-id</c>; without a dot.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="body">The bytes of the body.</param>
    public static string Sign(IReadOnlyList<byte[]> secrets, string id, long timestamp, byte[] body) =>
        string.Join(' ', secrets.Select(secret => Sign(secret, id, timestamp, body)));

    private static string Sign(byte[] secret, string id, long timestamp, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
