using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Storage.State;

namespace NesActors.Core.Tests.Storage.Sqlite;

public sealed class InstallationTests : IDisposable
{
    private static readonly Username Amy = Username.Parse("amy");
    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public void Dispose() => _place.Dispose();

    [Fact]
    public void An_installation_keeps_its_name_and_another_has_another()
    {
        var name = Installation.Of(_place.Folder);
        Assert.Matches("^[0-9A-Za-z]{22}$", name);
        Assert.Equal(name, Installation.Of(_place.Folder));
        File.Delete(NameFile);
        Assert.NotEqual(name, Installation.Of(_place.Folder));
    }

    [Fact]
    public void A_damaged_name_is_refused_with_what_mends_it()
    {
        Installation.Of(_place.Folder);
        File.WriteAllText(NameFile, "short");
        Assert.Contains("delete it", Assert.Throws<StateException>(() => Installation.Of(_place.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbering_goes_on_in_the_next_session()
    {
        var first = await NumberOneAsync();
        Assert.Equal(first with { Number = 2 }, await NumberOneAsync());
    }

    [Fact]
    public async Task A_state_that_was_restored_begins_a_new_stream_and_still_knows_to_whom_was_written()
    {
        var before = await NumberOneAsync();
        // A backup holds the database and its key, and no name of an installation.
        File.Delete(NameFile);
        await using (var store = Open()) Assert.Equal(ContactStanding.Accepted, (await store.ContactAsync(Amy, default)).Standing);
        var after = await NumberOneAsync();
        Assert.NotEqual(before.Stream, after.Stream);
        Assert.Equal(1, after.Number);
    }

    private string NameFile => Path.Combine(_place.Folder, "installation");

    private async Task<MessageNumber> NumberOneAsync()
    {
        await using var store = Open();
        var id = MessageId.New(_clock);
        await store.QueueAsync(id, new Message(Username.Parse("ben"), Amy, _clock.GetUtcNow(), "hello"), default);
        return (await store.NumberAsync(id, default)).Number;
    }

    private SqliteMessageStore Open() => SqliteMessageStore.Open(_place.Folder, _clock);
}
