using Dapper;
using Microsoft.Extensions.Time.Testing;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.Rest.Tests;

public sealed class EndOfTokenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-tokens-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly GatewayDatabase _database;
    private readonly TokenStore _tokens;
    private TokenHash _hash;

    public EndOfTokenTests()
    {
        _database = GatewayDatabase.Open(_folder.FullName);
        _tokens = new TokenStore(_database, _clock);
    }

    [Fact]
    public void A_token_ends_when_its_time_is_over()
    {
        var found = Made(_clock.GetUtcNow() + TimeSpan.FromDays(100));

        _clock.Advance(TimeSpan.FromDays(100) - TimeSpan.FromSeconds(1));
        Assert.False(found.Ended.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(found.Ended.IsCancellationRequested);
        Assert.Null(_tokens.Find(_hash));
    }

    [Fact]
    public void A_token_ends_when_it_is_revoked_and_others_do_not()
    {
        var first = Made(null);
        var second = Made(null);

        Assert.True(_tokens.Revoke(first.Token.Id));

        Assert.True(first.Ended.IsCancellationRequested);
        Assert.False(second.Ended.IsCancellationRequested);
    }

    [Fact]
    public void A_token_that_was_read_from_the_disk_ends_too()
    {
        Made(_clock.GetUtcNow() + TimeSpan.FromHours(1));
        using var again = new TokenStore(_database, _clock);
        var found = again.Find(_hash)!.Value;

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(found.Ended.IsCancellationRequested);
    }

    [Fact]
    public void A_token_that_has_expired_is_told_of_for_30_days_and_then_erased()
    {
        var token = Made(_clock.GetUtcNow() + TimeSpan.FromHours(1)).Token;

        _clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(token.Id, Assert.Single(_tokens.All).Id);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_tokens.All);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, Kept());
    }

    [Fact]
    public void Those_that_have_expired_leave_room_for_others_and_as_many_of_them_are_kept()
    {
        for (var i = 0; i < TokenStore.MaxTokens; i++) Assert.NotNull(_tokens.Create($"{i}", Scopes.All, null, _clock.GetUtcNow() + TimeSpan.FromHours(1)));
        Assert.Null(_tokens.Create("one more", Scopes.All, null, null));

        _clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < TokenStore.MaxTokens; i++) Assert.NotNull(_tokens.Create($"later {i}", Scopes.All, null, _clock.GetUtcNow() + TimeSpan.FromHours(1)));
        Assert.Null(_tokens.Create("one more", Scopes.All, null, null));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(_tokens.Create("the last", Scopes.All, null, null));

        Assert.Equal(TokenStore.MaxTokens + 1, Kept());
        Assert.DoesNotContain(_tokens.All, token => token.Name == "0");
    }

    private long Kept() => _database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM tokens"));

    private ValidToken Made(DateTimeOffset? expiresAt)
    {
        var made = _tokens.Create("test", Scopes.All, null, expiresAt)!.Value;
        _hash = TokenSecret.HashOf(made.Secret)!.Value;
        return _tokens.Find(_hash)!.Value;
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _database.Dispose();
        _folder.Delete(recursive: true);
    }
}

