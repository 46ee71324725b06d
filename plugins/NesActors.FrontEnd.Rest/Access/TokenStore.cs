using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>The tokens of one identity: all in memory, each change on the disk before it counts.</summary>
internal sealed class TokenStore : IDisposable
{
    /// <summary>As many as one identity may have that are of use; and as many that have expired are told of, the latest.</summary>
    public const int MaxTokens = 1000;

    /// <summary>How long one that has expired is told of, so that whoever looks sees why something ended.</summary>
    public static readonly TimeSpan ExpiredKept = TimeSpan.FromDays(30);

    /// <summary>How often those are erased that were told of for so long.</summary>
    private static readonly TimeSpan EraseEvery = TimeSpan.FromDays(1);

    private const string Columns = "id, name, hash, scopes, recipients, created_at, expires_at";

    private readonly GatewayDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<TokenHash, (Token Token, TokenEnd End)> _tokens;
    private readonly ITimer _erasing;

    public TokenStore(GatewayDatabase database, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        _tokens = new(database.Read(connection => connection.Query<Row>($"SELECT {Columns} FROM tokens")).Select(row => KeyValuePair.Create(row.KeyHash, WithEnd(row.ToToken()))));
        _erasing = clock.CreateTimer(_ => EraseExpired(), null, TimeSpan.Zero, EraseEvery);
    }

    /// <summary>All of them, those too that have expired not long ago, the oldest first.</summary>
    public IReadOnlyList<Token> All => [.. _tokens.Values.Select(held => held.Token).Where(token => !token.IsForgotten(_clock.GetUtcNow(), ExpiredKept)).OrderBy(token => token.CreatedAt).ThenBy(token => token.Id, StringComparer.Ordinal)];

    /// <summary>The token of a secret; <see langword="null"/> where there is none, or none any more.</summary>
    public ValidToken? Find(TokenHash hash) =>
        _tokens.TryGetValue(hash, out var held) && held.Token.IsValid(_clock.GetUtcNow()) ? new ValidToken(held.Token, held.End.Ended) : null;

    /// <summary>Makes a token.</summary>
    /// <returns>It, and its secret, which cannot be had again; <see langword="null"/> where there are too many that are of use.</returns>
    public (Token Token, string Secret)? Create(string name, Scope scopes, IReadOnlySet<Username>? recipients, DateTimeOffset? expiresAt)
    {
        var secret = TokenSecret.New();
        var hash = TokenSecret.HashOf(secret)!.Value;
        var token = new Token(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), name, scopes, _clock.GetMillisecondNow())
        {
            Recipients = recipients,
            ExpiresAt = expiresAt is { } end ? end.CutToMilliseconds() : null,
        };
        var added = _database.Write((connection, transaction) => connection.Execute(
            $"INSERT INTO tokens ({Columns}) SELECT @Id, @Name, @Hash, @Scopes, @Recipients, @Created_at, @Expires_at WHERE (SELECT count(*) FROM tokens WHERE expires_at IS NULL OR expires_at > @Created_at) < {MaxTokens}",
            Row.Of(token, hash),
            transaction)) == 1;
        if (!added) return null;
        _tokens[hash] = WithEnd(token);
        EraseExpired();
        return (token, secret);
    }

    /// <summary>Ends a token, and whatever is kept open by it. The webhooks that were registered by it end too, for they look whether it is there.</summary>
    /// <param name="id">The token.</param>
    /// <param name="keepWebhooks">Whether these go on, and hang on no token any more.</param>
    /// <returns>Whether it was there.</returns>
    public bool Revoke(string id, bool keepWebhooks = false)
    {
        var sql = $"{(keepWebhooks ? "UPDATE webhooks SET token = NULL WHERE token = @id AND EXISTS (SELECT 1 FROM tokens WHERE id = @id);" : "")} DELETE FROM tokens WHERE id = @id RETURNING 1";
        if (_database.Write((connection, transaction) => connection.Query<long>(sql, new { id }, transaction).Count()) == 0) return false;
        Forget(token => token.Id == id);
        return true;
    }

    /// <summary>Whether a token is there and of use.</summary>
    public bool IsValid(string id) => _tokens.Values.Any(held => held.Token.Id == id && held.Token.IsValid(_clock.GetUtcNow()));

    /// <summary>Looks no longer after those that expire.</summary>
    public void Dispose()
    {
        _erasing.Dispose();
        foreach (var held in _tokens.Values) held.End.Dispose();
    }

    /// <summary>Erases those that are not told of any more, and of the others that have expired so many that no more than enough stay.</summary>
    private void EraseExpired()
    {
        var now = _clock.GetUtcNow();
        var expired = _tokens.Values.Select(held => held.Token).Where(token => !token.IsValid(now)).OrderByDescending(token => token.ExpiresAt).ToList();
        var forgotten = expired.Where((token, place) => place >= MaxTokens || token.IsForgotten(now, ExpiredKept)).ToList();
        if (forgotten.Count == 0) return;
        try
        {
            _database.Write((connection, transaction) => connection.Execute("DELETE FROM tokens WHERE id = @Id", forgotten.Select(token => new { token.Id }), transaction));
        }
        catch (Exception e) when (e is SqliteException or ObjectDisposedException or InvalidOperationException)
        {
            // They are of no use anyway, and it is tried again.
            return;
        }
        var ids = forgotten.Select(token => token.Id).ToHashSet();
        Forget(token => ids.Contains(token.Id));
    }

    private void Forget(Func<Token, bool> which)
    {
        foreach (var (hash, held) in _tokens)
        {
            if (!which(held.Token) || !_tokens.TryRemove(hash, out _)) continue;
            held.End.Revoke();
            held.End.Dispose();
        }
    }

    private (Token Token, TokenEnd End) WithEnd(Token token) => (token, new TokenEnd(token, _clock));

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
