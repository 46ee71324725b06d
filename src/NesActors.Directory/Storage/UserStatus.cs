namespace NesActors.Directory.Storage;

/// <summary>What the column <c>status</c> holds.</summary>
internal static class UserStatus
{
    public const string Pending = "pending";
    public const string Active = "active";
    public const string Revoked = "revoked";
    public const string Deleted = "deleted";
}
