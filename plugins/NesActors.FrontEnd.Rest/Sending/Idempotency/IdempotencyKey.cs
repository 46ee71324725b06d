using System.Security.Cryptography;
using System.Text;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Sending.Idempotency;

/// <summary>
/// A client's word for one request: the same word with the same request is the same request. What is kept of it is a hash, and what was asked for is hashed under the key itself: whoever reads
/// the disk can confirm no text by guessing it, where the key cannot be guessed.
/// </summary>
internal sealed class IdempotencyKey
{
    /// <summary>The longest key.</summary>
    public const int MaxLength = 255;

    private readonly byte[] _key;

    private IdempotencyKey(string token, byte[] key)
    {
        (Token, _key) = (token, key);
        Id = new IdempotencyId(Hex(SHA256.HashData([.. Encoding.ASCII.GetBytes(token), 0, .. key])));
    }

    /// <summary>Whose it is: the token's id, empty for the socket. Two tokens may use the same word.</summary>
    public string Token { get; }

    public IdempotencyId Id { get; }

    /// <summary>Takes a key as a client gave it.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    /// <exception cref="ProblemException">It is no key.</exception>
    public static IdempotencyKey? Of(Caller caller, string? text)
    {
        if (text is null) return null;
        if (text.Length is 0 or > MaxLength || text.Any(character => character is < '!' or > '~')) throw ProblemException.Invalid($"Idempotency-Key: 1 to {MaxLength} visible ASCII characters, no blanks");
        return new IdempotencyKey(caller.Token?.Id ?? "", Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Another request has the key.</summary>
    public static ProblemException Conflict() => new(ProblemCode.IdempotencyConflict, "Another request was made under this Idempotency-Key in the last 24 hours; nothing was sent.");

    /// <summary>Stands for all that decides what is done and what is answered. How long to wait does not.</summary>
    public RequestFingerprint FingerprintOf(SendOrder order)
    {
        using var request = new MemoryStream();
        using var fields = new BinaryWriter(request);
        fields.Write(order.To.Count);
        foreach (var user in order.To) fields.Write(user.Value);
        fields.Write(order.Text);
        fields.Write(order.Until?.ToString() ?? "");
        fields.Write(order.Withdraw);
        return new RequestFingerprint(Hex(HMACSHA256.HashData(_key, request.GetBuffer().AsSpan(0, (int)request.Length))));
    }

    private static string Hex(byte[] hash) => Convert.ToHexString(hash);
}

/// <summary>The SHA-256 of a token and a key.</summary>
/// <param name="Hex">In hexadecimal.</param>
internal readonly record struct IdempotencyId(string Hex);

/// <summary>Stands for what was asked for under a key.</summary>
/// <param name="Hex">HMAC-SHA-256 in hexadecimal.</param>
internal readonly record struct RequestFingerprint(string Hex);
