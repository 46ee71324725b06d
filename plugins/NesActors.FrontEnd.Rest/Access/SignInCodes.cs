using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>
/// The code of the link by which a browser signs in: 256 random bits, good once, for five minutes, and for no more than a number of wrong tries. Only its SHA-256 is kept, in memory; it ends with the
/// process. There is one at a time: a new one takes the place of the last.
/// </summary>
internal sealed class SignInCodes(TimeProvider clock)
{
    /// <summary>As many wrong tries as end a code, from all addresses together.</summary>
    public const int MaxWrong = 100;

    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int CodeBytes = 32;

    private readonly Lock _turn = new();
    private Code? _code;

    /// <summary>Makes one, for an identity.</summary>
    public string New(ServedIdentity identity)
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        lock (_turn) _code = new Code(HashOf(text), identity, clock.GetTimestamp());
        return text;
    }

    /// <summary>Uses one up.</summary>
    /// <returns>Whom it is for; <see langword="null"/>: it is none, or none any more.</returns>
    public ServedIdentity? Take(string text)
    {
        var hash = HashOf(text);
        lock (_turn)
        {
            if (_code is not { } code) return null;
            if (clock.GetElapsedTime(code.MadeAt) >= Lifetime)
            {
                _code = null;
                return null;
            }
            if (CryptographicOperations.FixedTimeEquals(hash, code.Hash))
            {
                _code = null;
                return code.Identity;
            }
            _code = code.Wrong + 1 < MaxWrong ? code with { Wrong = code.Wrong + 1 } : null;
            return null;
        }
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed record Code(byte[] Hash, ServedIdentity Identity, long MadeAt)
    {
        public int Wrong { get; init; }
    }
}
