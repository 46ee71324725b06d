using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>A right to use one identity by the network. The secret that proves it is not in here.</summary>
/// <param name="Id">Its name for listing and revoking: 8 random bytes in hexadecimal.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record Token(string Id, string Name, Scope Scopes, DateTimeOffset CreatedAt)
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 64;

    /// <summary>To whom it may send; <see langword="null"/>: anybody.</summary>
    public IReadOnlySet<Username>? Recipients { get; init; }

    /// <summary>From when on it is of no use; <see langword="null"/>: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it is still of use.</summary>
    public bool IsValid(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>Whether it is not even told of any more.</summary>
    /// <param name="now">The time.</param>
    /// <param name="told">For how long one that has expired is.</param>
    public bool IsForgotten(DateTimeOffset now, TimeSpan told) => ExpiresAt is { } end && now - end >= told;

    /// <summary>Whether it lets its holder send to somebody.</summary>
    public bool MaySendTo(Username user) => Scopes.HasFlag(Scope.Send) && Recipients?.Contains(user) != false;
}
