using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Tests.Storage.State;

/// <summary>A state from before there were decisions about contacts.</summary>
public sealed class ContactMigrationTests : IDisposable
{
    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Who_was_written_to_is_accepted_and_pins_stay()
    {
        await MakeOldStateAsync("""
            INSERT INTO contacts (user, trust, pinned, offered, vouched, first_seen) VALUES
                ('amy', 'pinned', '01', NULL, 'proved', 1), ('bob', 'changed', '01', '02', 'plain', 1), ('cat', 'pinned', '01', NULL, 'none', 1);
            INSERT INTO numbering (contact, stream, last) VALUES ('bob', x'00112233445566778899aabbccddeeff', 1);
            INSERT INTO messages (message, contact, direction, sent_at, recorded_at, state, under_changed_key, out_of_time, text) VALUES
                (x'01', 'amy', 'outgoing', 1, 1, 'published', 0, 0, x'00'), (x'02', 'dan', 'outgoing', 1, 1, 'published', 0, 0, x'00'), (x'03', 'cat', 'incoming', 1, 1, 'received', 0, 0, x'00');
            """);

        await using var store = SqliteMessageStore.Open(_place.Folder, _clock);

        Assert.Equal(
            [
                Contact("amy", "01", null, Vouching.Proved) with { Standing = ContactStanding.Accepted },
                Contact("bob", "01", "02", Vouching.Plain) with { Standing = ContactStanding.Accepted },
                Contact("cat", "01", null, Vouching.None) with { Unread = 1 },
                Contact("dan", null, null, Vouching.None) with { Standing = ContactStanding.Accepted },
            ],
            await store.ContactsAsync(default));
    }

    private static Contact Contact(string user, string? pinned, string? offered, Vouching vouched) => new(
        Username.Parse(user),
        (pinned, offered) switch { (null, _) => TrustState.Unseen, (_, null) => TrustState.Pinned, _ => TrustState.Changed },
        pinned is null ? null : new Fingerprint(pinned),
        offered is null ? null : new Fingerprint(offered),
        0)
    { Vouched = vouched };

    /// <summary>Made anew by the first three scripts, as the program then did.</summary>
    private async Task MakeOldStateAsync(string content)
    {
        using (var state = new StateStore(_place.Folder, _clock)) state.Open();
        await using var connection = new SqliteConnection($"Data Source={_place.File};Pooling=False");
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var query = connection.CreateCommand())
        {
            query.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'SchemaVersions'";
            await using var names = await query.ExecuteReaderAsync();
            while (await names.ReadAsync()) tables.Add(names.GetString(0));
        }
        var drops = string.Concat(tables.Select(table => $"DROP TABLE {table};"));
        var scripts = string.Concat(ScriptNames().Take(3).Select(Script));
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the tests, and the program's own scripts.
        command.CommandText = $"{drops}{scripts}{content}DELETE FROM SchemaVersions WHERE ScriptName NOT LIKE '%.0001-%' AND ScriptName NOT LIKE '%.0002-%' AND ScriptName NOT LIKE '%.0003-%'; PRAGMA user_version = 3;";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<string> ScriptNames() =>
        typeof(StateStore).Assembly.GetManifestResourceNames().Where(name => name.Contains(".Migrations.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Script(string name)
    {
        using var reader = new StreamReader(typeof(StateStore).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
