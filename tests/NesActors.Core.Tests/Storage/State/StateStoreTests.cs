using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Conversation;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;
using NesActors.Records;

namespace NesActors.Core.Tests.Storage.State;

public sealed class StateStoreTests : IDisposable
{
    private static readonly Username Bob = Username.Parse("bob");
    private static readonly Fingerprint First = new("01");
    private static readonly Fingerprint Second = new("02");

    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_pin_is_there_after_a_restart()
    {
        using (var state = Open()) state.ChangeTrust(Bob, trust => trust.Seen(First, Vouching.Proved));
        using var again = Open();
        Assert.Equal(new KeyTrust(First, null, Vouching.Proved), again.TrustIn(Bob));
        Assert.Equal(again.TrustIn(Bob), again.Contacts()[Bob]);
    }

    [Fact]
    public void Keys_on_offer_are_there_after_a_restart()
    {
        using (var state = Open())
        {
            state.ChangeTrust(Bob, trust => trust.Seen(First, Vouching.Plain));
            state.ChangeTrust(Bob, trust => trust.Seen(Second, Vouching.Plain));
        }
        using var again = Open();
        Assert.Equal(new KeyTrust(First, Second, Vouching.Plain), again.TrustIn(Bob));
    }

    [Fact]
    public void Another_process_sees_a_pin_at_once_and_cannot_pin_other_keys()
    {
        using var listening = Open();
        using var sending = Open();
        listening.Open();
        sending.ChangeTrust(Bob, trust => trust.Seen(First, Vouching.Plain));

        var trust = listening.ChangeTrust(Bob, known => known.Seen(Second, Vouching.Plain));

        Assert.Equal(new KeyTrust(First, Second, Vouching.Plain), trust);
    }

    [Fact]
    public async Task Many_that_come_at_once_make_one_database_and_pin_one_key()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => Open()).ToArray();
        var seen = await Task.WhenAll(stores.Select((store, i) => Task.Run(() => store.ChangeTrust(Bob, trust => trust.Seen(new Fingerprint($"{i}"), Vouching.Plain)))));
        foreach (var store in stores) store.Dispose();

        Assert.Single(seen.Select(trust => trust.Pinned).Distinct());
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
        state.ChangeTrust(Bob, trust => trust.Seen(First, Vouching.Plain));

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
        using (var state = Open()) state.ChangeTrust(Bob, trust => trust.Seen(First, Vouching.Plain));
        var bytes = File.ReadAllBytes(_place.File);
        bytes.AsSpan(4096).Fill(0xA5);
        File.WriteAllBytes(_place.File, bytes);
        using var again = Open();
        Assert.Contains("damaged", Assert.Throws<StateException>(() => again.TrustIn(Bob)).Message, StringComparison.Ordinal);
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
        state.ChangeTrust(Bob, trust => trust.Seen(First, Vouching.Plain));
        Execute("CREATE TRIGGER full BEFORE UPDATE ON contacts BEGIN SELECT RAISE(ABORT, 'no room'); END");
        Assert.Contains("no room", Assert.Throws<StateException>(() => state.ChangeTrust(Bob, trust => trust.Seen(Second, Vouching.Plain))).Message, StringComparison.Ordinal);
        Assert.Equal(First, state.TrustIn(Bob).Pinned);
        Assert.Null(state.TrustIn(Bob).Offered);
    }

    [Fact]
    public void A_second_start_loads_no_migrator()
    {
        using (var state = Open()) state.Open();
        Execute("DROP TABLE SchemaVersions");
        using var again = Open();
        again.Open();
        Assert.Empty(again.Contacts());
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
