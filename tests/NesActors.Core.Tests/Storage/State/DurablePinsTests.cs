using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Tests.Storage.State;

/// <summary>A session's store whose pins last.</summary>
public sealed class DurablePinsTests : IDisposable
{
    private static readonly Username Bob = Username.Parse("bob");
    private static readonly Fingerprint First = new("01");
    private static readonly Fingerprint Second = new("02");

    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_new_session_knows_the_pins_of_the_one_before()
    {
        await using (var before = Session()) await before.SeeKeysAsync(Bob, new ShownKeys(First, Vouching.Plain), default);
        await using var after = Session();
        var bob = Assert.Single(await after.ContactsAsync(default));
        Assert.Equal((Bob, TrustState.Pinned, First, Vouching.Plain), (bob.User, bob.Trust, bob.Pinned!.Value, bob.Vouched));
        Assert.Equal(bob, await after.ContactAsync(Bob, default));
    }

    [Fact]
    public async Task A_session_notices_other_keys_than_those_pinned_by_the_one_before()
    {
        await using (var before = Session()) await before.SeeKeysAsync(Bob, new ShownKeys(First, Vouching.Plain), default);
        await using var after = Session();
        Assert.Equal(TrustState.Changed, (await after.SeeKeysAsync(Bob, new ShownKeys(Second, Vouching.Plain), default)).Trust);
    }

    [Fact]
    public async Task A_session_knows_the_keys_on_offer_to_the_one_before()
    {
        await using (var before = Session())
        {
            await before.SeeKeysAsync(Bob, new ShownKeys(First, Vouching.Plain), default);
            await before.SeeKeysAsync(Bob, new ShownKeys(Second, Vouching.Plain), default);
        }
        await using var after = Session();
        var bob = await after.ContactAsync(Bob, default);
        Assert.Equal((First, Second), (bob.Pinned!.Value, bob.Offered!.Value));
    }

    [Fact]
    public async Task A_command_without_a_session_sees_the_pin()
    {
        using var state = new StateStore(_place.Folder, _clock);
        Assert.Null(state.PinnedOf(Bob));
        await using var session = Session();
        await session.SeeKeysAsync(Bob, new ShownKeys(First, Vouching.Plain), default);
        Assert.Equal(First, state.PinnedOf(Bob));
    }

    [Fact]
    public async Task Many_that_come_at_once_pin_one_key()
    {
        var sessions = Enumerable.Range(0, 8).Select(_ => Session()).ToArray();
        var seen = await Task.WhenAll(sessions.Select((session, i) => session.SeeKeysAsync(Bob, new ShownKeys(new Fingerprint($"{i}"), Vouching.Plain), default)));
        foreach (var session in sessions) await session.DisposeAsync();
        Assert.Single(seen.Select(contact => contact.Pinned).Distinct());
    }

    [Fact]
    public async Task What_is_accepted_in_one_session_holds_in_another_that_runs()
    {
        await using var listening = Session();
        await using var chatting = Session();
        await listening.SeeKeysAsync(Bob, new ShownKeys(First, Vouching.Plain), default);
        await chatting.SeeKeysAsync(Bob, new ShownKeys(Second, Vouching.Plain), default);

        Assert.Null(await chatting.ChangeContactAsync(Bob, new ContactChange.AcceptKeys(First), default));
        Assert.Equal(Second, (await chatting.ChangeContactAsync(Bob, new ContactChange.AcceptKeys(Second), default))!.Pinned);

        Assert.Equal(TrustState.Pinned, (await listening.SeeKeysAsync(Bob, new ShownKeys(Second, Vouching.Plain), default)).Trust);
    }

    [Fact]
    public async Task Keys_that_cannot_be_pinned_are_not_pinned_in_memory_either()
    {
        await using var session = Session();
        await session.SeeKeysAsync(Bob, new ShownKeys(First, Vouching.Plain), default);
        using (var other = new SqliteConnection($"Data Source={_place.File};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "DROP TABLE contacts";
            command.ExecuteNonQuery();
        }
        await Assert.ThrowsAsync<StateException>(() => session.SeeKeysAsync(Username.Parse("carol"), new ShownKeys(First, Vouching.Plain), default));
        Assert.Equal(1, session.LastCursor);
    }

    private SqliteMessageStore Session() => SqliteMessageStore.Open(_place.Folder, _clock);
}
