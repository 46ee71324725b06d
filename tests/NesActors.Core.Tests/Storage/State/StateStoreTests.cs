using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;
using NesActors.Records;

namespace NesActors.Core.Tests.Storage.State;

public sealed class StateStoreTests : IDisposable
{
    private static readonly Username Bob = Username.Parse("bob");

    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Many_that_come_at_once_make_one_database()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => Open()).ToArray();
        await Task.WhenAll(stores.Select(store => Task.Run(store.Open)));
        foreach (var store in stores) store.Dispose();

        Assert.Equal(["state.db"], System.IO.Directory.GetFiles(_place.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_directory_never_goes_back()
    {
        var since = _clock.GetUtcNow();
        using (var state = Open()) state.Remember(Known(rev: 2, issued: 100));
        using var again = Open();
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(2, again.Remember(Known(rev: 1, issued: 200)).Rev);
        Assert.Equal(2, again.Remember(Known(rev: 3, issued: 50)).Rev);
        Assert.Equal(2, again.Remember(Known(rev: 3, issued: 200) with { Directory = Digest.Of("another"u8) }).Rev);
        Assert.Equal(3, again.Remember(Known(rev: 3, issued: 200)).Rev);
        var known = again.Find(Digest.Of("anchor"u8))!;
        Assert.Equal((3, "key 3", since), (known.Rev, known.Key, known.ProvesSince));
        Assert.Equal([1, 2, 3], known.FreshKey.ToArray());
    }

    [Fact]
    public void A_record_never_goes_back()
    {
        var directory = Digest.Of("dir"u8);
        var second = new SeenRecord(2, Digest.Of("second"u8));
        using (var state = Open())
        {
            Assert.Equal(second, state.See(directory, Bob, second));
            Assert.Equal(second, state.See(directory, Bob, new SeenRecord(1, Digest.Of("first"u8))));
        }
        using var again = Open();
        Assert.Equal(second, again.See(directory, Bob, new SeenRecord(2, Digest.Of("forged"u8))));
        Assert.Equal(second, again.Find(directory, Bob));
        Assert.Null(again.Find(Digest.Of("another"u8), Bob));
        Assert.Equal(3, again.See(directory, Bob, new SeenRecord(3, Digest.Of("third"u8))).Rev);
    }

    [Fact]
    public void What_is_made_is_for_the_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var state = Open();
        state.Open();

        Assert.Equal(FileModes.Folder, File.GetUnixFileMode(_place.Folder));
        foreach (var file in System.IO.Directory.GetFiles(_place.Folder)) Assert.Equal(FileModes.Private, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData(true, UnixFileMode.GroupWrite | UnixFileMode.GroupExecute, "chmod 700")]
    [InlineData(true, UnixFileMode.OtherRead, "chmod 700")]
    [InlineData(false, UnixFileMode.GroupRead, "chmod 600")]
    public void Refuses_what_others_may_look_into_and_says_how_to_close_it(bool folder, UnixFileMode open, string remedy)
    {
        if (OperatingSystem.IsWindows()) return;
        using (var state = Open()) state.Open();
        var path = folder ? _place.Folder : _place.File;
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | open);
        using var again = Open();
        Assert.Contains($"{remedy} '{path}'", Assert.Throws<StateException>(again.Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no database, and never was one")]
    public void A_damaged_file_is_an_error_and_never_replaced(string content)
    {
        using (var state = Open()) state.Open();
        File.WriteAllText(_place.File, content);
        using var again = Open();
        Assert.Contains(_place.File, Assert.Throws<StateException>(again.Open).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_place.File));
    }

    [Fact]
    public void Damage_within_the_file_is_an_error_when_it_is_met()
    {
        using (var state = Open()) state.Open();
        var bytes = File.ReadAllBytes(_place.File);
        bytes.AsSpan(4096).Fill(0xA5);
        File.WriteAllBytes(_place.File, bytes);
        using var again = Open();
        Assert.Contains("damaged", Assert.Throws<StateException>(() => again.PinnedOf(Bob)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_begin_anew_beside_the_journal_of_a_file_that_is_gone()
    {
        using (var state = Open()) state.Open();
        File.Move(_place.File, $"{_place.File}-wal");
        using var again = Open();
        Assert.Contains("missing", Assert.Throws<StateException>(again.Open).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_place.File));
    }

    [Fact]
    public void Refuses_a_file_of_a_newer_program()
    {
        using (var state = Open()) state.Open();
        Execute("PRAGMA user_version = 99");
        using var again = Open();
        Assert.Contains("newer version", Assert.Throws<StateException>(again.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_forgets_nothing_without_a_word()
    {
        using var state = Open();
        var (directory, first) = (Digest.Of("dir"u8), new SeenRecord(1, Digest.Of("first"u8)));
        state.See(directory, Bob, first);
        Execute("CREATE TRIGGER full BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'no room'); END");
        Assert.Contains("no room", Assert.Throws<StateException>(() => state.See(directory, Bob, new SeenRecord(2, Digest.Of("second"u8)))).Message, StringComparison.Ordinal);
        Assert.Equal(first, state.Find(directory, Bob));
    }

    [Fact]
    public void A_second_start_loads_no_migrator()
    {
        using (var state = Open()) state.Open();
        Execute("DROP TABLE SchemaVersions");
        using var again = Open();
        again.Open();
        Assert.Null(again.PinnedOf(Bob));
    }

    private StateStore Open() => new(_place.Folder, _clock);

    private KnownDirectory Known(int rev, long issued) => new(
        Digest.Of("anchor"u8), "https://keys.example.org", Digest.Of("dir"u8), rev, $"key {rev}", new byte[] { 1, 2, 3 },
        DateTimeOffset.FromUnixTimeMilliseconds(issued), DateTimeOffset.FromUnixTimeMilliseconds(issued + 1), _clock.GetUtcNow());

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_place.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
