using NesActors.FrontEnd.Rest.Access;

namespace NesActors.FrontEnd.Rest.Api.Views;

/// <summary>A token as the API shows it.</summary>
/// <param name="Id">Its name for listing and revoking.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Recipients">To whom it may send; <see langword="null"/>: anybody.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is of no use; <see langword="null"/>: never.</param>
/// <param name="Expired">Whether that is so now.</param>
internal sealed record TokenView(string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Recipients, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool Expired)
{
    public static TokenView Of(Token token, DateTimeOffset now) => new(
        token.Id, token.Name, token.Scopes.ToNames(), token.Recipients is { } users ? [.. users.Order().Select(user => user.Value)] : null, token.CreatedAt, token.ExpiresAt, !token.IsValid(now));
}

/// <summary>A token that was just made.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">What proves the right to use it; it is shown this once.</param>
internal sealed record MadeToken(TokenView Token, string Secret)
{
    /// <summary>Names the token and never the secret.</summary>
    public override string ToString() => $"MadeToken {Token.Id}";
}
