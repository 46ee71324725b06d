namespace NesActors.Directory.Storage.Postgres;

/// <summary>A record as it came from the database. As in <see cref="StoredAnswer"/>, but for its body, which is in two parts.</summary>
internal sealed record PostgresAnswerRow(long UserId, bool IsActive, long KeyRev, long FreshUntil, byte[] Packed, byte[] Fresh)
{
    /// <exception cref="FormatException">It is damaged.</exception>
    public StoredAnswer ToAnswer() => new(UserId, IsActive, KeyRev, FreshUntil, StoredAnswer.Join(Packed, Fresh));
}
