using System.Text;
using NesActors.Contracts;

namespace NesActors.Directory.Storage;

/// <summary>The newest record of a name as it lies in the tables, ready to be sent.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="IsActive">False where it says that the name is revoked or deleted.</param>
/// <param name="KeyRev">Which of the directory's RSA keys signed it.</param>
/// <param name="FreshUntil">When its freshness is over, in Unix milliseconds; 0: it has none.</param>
/// <param name="Body">The whole answer. It makes sense only where there is freshness.</param>
internal sealed record StoredAnswer(long UserId, bool IsActive, long KeyRev, long FreshUntil, byte[] Body)
{
    /// <summary>What both databases are asked where the id is not known; the condition on the name follows. Of <c>users</c> it touches the index of names alone.</summary>
    public const string ByName =
        """
        SELECT u.name, a.user_id, a.is_active, a.key_rev, f.expires_at, a.packed, f.fresh
        FROM users u JOIN answers a ON a.user_id = u.id LEFT JOIN freshness f ON f.user_id = u.id
        WHERE u.name
        """;

    /// <summary>The same columns where it is; the condition on the id follows.</summary>
    public const string ById =
        """
        SELECT NULL, a.user_id, a.is_active, a.key_rev, f.expires_at, a.packed, f.fresh
        FROM answers a LEFT JOIN freshness f ON f.user_id = a.user_id
        WHERE a.user_id
        """;

    private static ReadOnlySpan<byte> Between => ",\"fresh\":"u8;

    private static ReadOnlySpan<byte> End => "}\n"u8;

    /// <summary>Makes the body of both parts, which belong together as <see cref="NesActors.Records.RecordAnswer.Write"/> puts them.</summary>
    /// <param name="packed">The signed part, as it lies in the tables.</param>
    /// <param name="fresh">Freshness, as it is sent.</param>
    /// <exception cref="FormatException">The signed part is damaged.</exception>
    public static byte[] Join(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> fresh)
    {
        var signed = PackedAnswer.LengthOf(packed);
        var body = GC.AllocateUninitializedArray<byte>(signed + Between.Length + fresh.Length + End.Length);
        PackedAnswer.Unpack(packed, body.AsSpan(0, signed));
        Between.CopyTo(body.AsSpan(signed));
        fresh.CopyTo(body.AsSpan(signed + Between.Length));
        End.CopyTo(body.AsSpan(signed + Between.Length + fresh.Length));
        return body;
    }

    /// <summary>Whether the record says that it is this name's. No other member can look so: quotation marks inside a JSON string are escaped.</summary>
    public bool IsOf(string name)
    {
        Span<byte> member = stackalloc byte[Username.MaxLength + 16];
        "\"user\":\""u8.CopyTo(member);
        var length = 8 + Encoding.ASCII.GetBytes(name, member[8..]);
        member[length] = (byte)'"';
        return Body.AsSpan().IndexOf(member[..(length + 1)]) >= 0;
    }
}
