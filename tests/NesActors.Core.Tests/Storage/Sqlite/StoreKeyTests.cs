using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Storage.State;

namespace NesActors.Core.Tests.Storage.Sqlite;

public sealed class StoreKeyTests : IDisposable
{
    private static readonly Username Amy = Username.Parse("amy");
    private static readonly Username Bob = Username.Parse("bob");
    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly SealedPlace _here;

    public StoreKeyTests() => _here = new SealedPlace(SealedTable.Messages, MessageId.New(_clock), MessageDirection.Incoming, Amy);

    private string KeyFile => Path.Combine(_place.Folder, StoreKeyFile.Name);

    public void Dispose() => _place.Dispose();

    [Fact]
    public void What_is_sealed_opens_in_its_own_place_alone()
    {
        using var key = Make();
        var value = key.Seal(_here, "hello"u8);
        Assert.Equal("hello"u8.ToArray(), key.Open(_here, value));
        SealedPlace[] others =
        [
            _here with { Table = SealedTable.Outbox }, _here with { Message = MessageId.New(_clock) }, _here with { Direction = MessageDirection.Outgoing },
            _here with { Contact = Bob },
        ];
        Assert.All(others, place => Assert.Throws<StateException>(() => key.Open(place, value)));
    }

    [Fact]
    public void What_was_changed_in_any_byte_does_not_open()
    {
        using var key = Make();
        var value = key.Seal(_here, "hello"u8);
        for (var i = 0; i < value.Length; i++)
        {
            value[i] ^= 1;
            Assert.Throws<StateException>(() => key.Open(_here, value));
            value[i] ^= 1;
        }
        for (var length = 0; length < value.Length; length++) Assert.Throws<StateException>(() => key.Open(_here, value.AsSpan(0, length)));
    }

    [Fact]
    public void The_same_text_is_never_sealed_alike()
    {
        using var key = Make();
        Assert.NotEqual(key.Seal(_here, "hello"u8), key.Seal(_here, "hello"u8));
    }

    [Fact]
    public void Hashes_depend_on_the_key_and_on_where_the_sender_s_name_ends()
    {
        using var key = Make();
        File.Delete(KeyFile);
        using var other = Make();
        Assert.Equal(key.HashOf(Amy, "content"u8), key.HashOf(Amy, "content"u8));
        Assert.NotEqual(key.HashOf(Amy, "content"u8), other.HashOf(Amy, "content"u8));
        Assert.NotEqual(key.HashOf(Amy, "xcontent"u8), key.HashOf(Username.Parse("amyx"), "content"u8));
    }

    [Fact]
    public void A_key_that_was_disposed_does_nothing_more()
    {
        var key = Make();
        var value = key.Seal(_here, "hello"u8);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Open(_here, value));
        Assert.Throws<ObjectDisposedException>(() => key.Seal(_here, "hello"u8));
        Assert.Throws<ObjectDisposedException>(() => key.HashOf(Amy, "content"u8));
    }

    [Fact]
    public async Task The_key_file_is_the_owner_s_alone_and_refused_where_others_may_read_it()
    {
        await using (Open()) { }
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_beside_messages_is_an_error_that_says_to_restore_it()
    {
        await using (Open()) { }
        File.Delete(KeyFile);
        var error = Assert.Throws<StateException>(Open);
        Assert.Contains("store.key is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Another_key_is_an_error_that_says_so()
    {
        await using (Open()) { }
        File.Delete(KeyFile);
        Make().Dispose();
        Assert.Contains("is not the one", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(34)]
    public async Task A_damaged_key_is_an_error(int length)
    {
        await using (Open()) { }
        await File.WriteAllBytesAsync(KeyFile, new byte[length]);
        Assert.Contains("damaged", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_that_begin_at_once_have_one_key()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Open)));
        foreach (var store in stores) await store.DisposeAsync();
        await using (Open()) { }
    }

    [Fact]
    public async Task A_message_moved_to_another_contact_in_the_file_is_noticed()
    {
        await using var store = Open();
        await store.QueueAsync(MessageId.New(_clock), new Message(Bob, Amy, _clock.GetUtcNow(), "for amy"), default);
        using (var forger = new SqliteConnection($"Data Source={_place.File};Pooling=False"))
        {
            forger.Open();
            using var command = forger.CreateCommand();
            command.CommandText = "UPDATE messages SET contact = 'bob'";
            command.ExecuteNonQuery();
        }
        await Assert.ThrowsAsync<StateException>(() => store.HistoryAsync(Bob, null, null, 10, default));
    }

    [Fact]
    public async Task All_but_the_name_of_the_installation_is_in_the_files_to_pack()
    {
        await using (Open()) { }
        Assert.Equal([.. StateFolder.FilesToPack.Append("installation").Order()], System.IO.Directory.GetFiles(_place.Folder).Select(file => Path.GetFileName(file)!).Order());
    }

    private StoreKey Make()
    {
        System.IO.Directory.CreateDirectory(_place.Folder);
        return StoreKey.Make(_place.Folder);
    }

    private SqliteMessageStore Open() => SqliteMessageStore.Open(_place.Folder, _clock);
}
