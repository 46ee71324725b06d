namespace NesActors.Directory.Maintenance;

/// <summary>A name of a directory, for whoever runs it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Status"><c>pending</c>, <c>active</c>, <c>revoked</c> or <c>deleted</c>.</param>
/// <param name="Rev">The revision of its newest record; null while pending.</param>
/// <param name="Since">When it came to be as it is.</param>
/// <param name="Email">The address of the registration; null where it is erased.</param>
public sealed record DirectoryUser(string Name, string Status, long? Rev, DateTimeOffset Since, string? Email)
{
    /// <summary>Without the address.</summary>
    public override string ToString() => $"{Name}, {Status}";
}
