using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>The tokens of one identity: all in memory, each change on the disk before it counts.</summary>
internal sealed class TokenStore
{
    /// <summary>As many as one identity may have.</summary>
    public const int MaxTokens = 1000;

    private const string Columns = "id, name, hash, scopes, recipients, created_at, expires_at";

    private readonly GatewayDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<TokenHash, Token> _tokens;

    public TokenStore(GatewayDatabase database, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        _tokens = new(database.Read(connection => connection.Query<Row>($"SELECT {Columns} FROM tokens")).Select(row => KeyValuePair.Create(row.KeyHash, row.ToToken())));
    }

    /// <summary>All of them, those that have expired too, the oldest first.</summary>
    public IReadOnlyList<Token> All => [.. _tokens.Values.OrderBy(token => token.CreatedAt).ThenBy(token => token.Id, StringComparer.Ordinal)];

    /// <summary>The token of a secret; <see langword="null"/> where there is none, or none any more.</summary>
    public Token? Find(TokenHash hash) => _tokens.TryGetValue(hash, out var token) && token.IsValid(_clock.GetUtcNow()) ? token : null;

    /// <summary>Makes a token.</summary>
    /// <returns>It, and its secret, which cannot be had again; <see langword="null"/> where there are too many.</returns>
    public (Token Token, string Secret)? Create(string name, Scope scopes, IReadOnlySet<Username>? recipients, DateTimeOffset? expiresAt)
    {
        var secret = TokenSecret.New();
        var hash = TokenSecret.HashOf(secret)!.Value;
        var token = new Token(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), name, scopes, ToMilliseconds(_clock.GetUtcNow()))
        {
            Recipients = recipients,
            ExpiresAt = expiresAt is { } end ? ToMilliseconds(end) : null,
        };
        var added = _database.Write((connection, transaction) => connection.Execute(
            $"INSERT INTO tokens ({Columns}) SELECT @Id, @Name, @Hash, @Scopes, @Recipients, @Created_at, @Expires_at WHERE (SELECT count(*) FROM tokens) < {MaxTokens}",
            Row.Of(token, hash),
            transaction)) == 1;
        if (!added) return null;
        _tokens[hash] = token;
        return (token, secret);
    }

    /// <summary>Ends a token.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Revoke(string id)
    {
        if (_database.Write((connection, transaction) => connection.Execute("DELETE FROM tokens WHERE id = @id", new { id }, transaction)) == 0) return false;
        foreach (var (hash, token) in _tokens)
        {
            if (token.Id == id) _tokens.TryRemove(hash, out _);
        }
        return true;
    }

    private static DateTimeOffset ToMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required byte[] Hash { get; init; }

        public required long Scopes { get; init; }

        public string? Recipients { get; init; }

        public required long Created_at { get; init; }

        public long? Expires_at { get; init; }

        public TokenHash KeyHash => new(Convert.ToHexString(Hash));

        public static Row Of(Token token, TokenHash hash) => new()
        {
            Id = token.Id,
            Name = token.Name,
            Hash = Convert.FromHexString(hash.Hex),
            Scopes = (long)token.Scopes,
            Recipients = token.Recipients is { } users ? string.Join(' ', users.Order()) : null,
            Created_at = token.CreatedAt.ToUnixTimeMilliseconds(),
            Expires_at = token.ExpiresAt?.ToUnixTimeMilliseconds(),
        };

        public Token ToToken() => new(Id, Name, (Scope)Scopes, DateTimeOffset.FromUnixTimeMilliseconds(Created_at))
        {
            Recipients = Recipients?.Split(' ').Select(Username.Parse).ToHashSet(),
            ExpiresAt = Expires_at is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
        };
    }
}
