using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>What the column <c>status</c> holds.</summary>
internal static class UserStatus
{
    public const string Pending = "pending";
    public const string Active = "active";
    public const string Revoked = "revoked";
    public const string Deleted = "deleted";

    public static string Of(RecordStatus status) => status switch
    {
        RecordStatus.Active => Active,
        RecordStatus.Revoked => Revoked,
        RecordStatus.Deleted => Deleted,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
