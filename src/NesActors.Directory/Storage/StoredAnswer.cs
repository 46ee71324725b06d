namespace NesActors.Directory.Storage;

/// <summary>The newest record of a name as it lies in the tables, ready to be sent.</summary>
/// <param name="IsActive">False where it says that the name is revoked or deleted.</param>
/// <param name="KeyRev">Which of the directory's RSA keys signed it.</param>
/// <param name="FreshUntil">When its freshness is over, in Unix milliseconds; 0: it has none.</param>
/// <param name="Body">The whole answer. It makes sense only where there is freshness.</param>
internal sealed record StoredAnswer(bool IsActive, long KeyRev, long FreshUntil, byte[] Body)
{
    /// <summary>What both databases are asked; the condition on the name follows. Of <c>users</c> it touches the index of names alone.</summary>
    public const string Query =
        """
        SELECT u.name, a.is_active, a.key_rev, f.expires_at, a.signed_part, f.fresh
        FROM users u JOIN answers a ON a.user_id = u.id LEFT JOIN freshness f ON f.user_id = u.id
        WHERE u.name
        """;

    private static ReadOnlySpan<byte> Between => ",\"fresh\":"u8;

    private static ReadOnlySpan<byte> End => "}\n"u8;

    /// <summary>
    /// A body with room for both parts, which belong together as <see cref="NesActors.Records.RecordAnswer.Write"/> puts them: the signed part at its
    /// beginning, freshness at <paramref name="freshAt"/>.
    /// </summary>
    public static byte[] Join(int signedLength, int freshLength, out int freshAt)
    {
        freshAt = signedLength + Between.Length;
        var body = GC.AllocateUninitializedArray<byte>(freshAt + freshLength + End.Length);
        Between.CopyTo(body.AsSpan(signedLength));
        End.CopyTo(body.AsSpan(freshAt + freshLength));
        return body;
    }
}
