using System.Data.Common;
using System.Text.Json;
using Dapper;
using NesActors.Directory.Keys;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Maintenance;

/// <summary>Reads an export into the empty tables of one transaction, checking each line before it believes it.</summary>
internal sealed class Importer(DirectoryKeys keys, DbConnection connection, DbTransaction transaction)
{
    private const int LongestLine = 1 << 20;

    private readonly UserCheck _check = new(keys);
    private ExportCounts _counts = new(0, 0, 0, 0);
    private ExportRow? _user;
    private readonly List<ExportRow> _records = [];
    private ExportRow? _recovery;

    /// <exception cref="DirectoryException">A line is wrong, or there is something in the tables already.</exception>
    public async Task<ExportCounts> ReadAsync(Stream input, CancellationToken cancellation)
    {
        if (await connection.QuerySingleAsync<long>("SELECT (SELECT COUNT(*) FROM users) + (SELECT COUNT(*) FROM mails)", null, transaction).ConfigureAwait(false) != 0)
            throw new DirectoryException("The database is not empty: import into a new one.");
        await using var lines = new LineReader(input, LongestLine);
        try
        {
            CheckHead(await NextAsync(lines, cancellation).ConfigureAwait(false));
            while (true)
            {
                using var line = await NextAsync(lines, cancellation).ConfigureAwait(false);
                if (!await TakeAsync(line.RootElement).ConfigureAwait(false)) continue;
                if (await lines.NextAsync(cancellation).ConfigureAwait(false) is not null) throw new FormatException("something follows the end");
                return _counts;
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw new DirectoryException($"Nothing was imported: line {lines.Number} of the export is wrong: {e.Message}", e);
        }
    }

    private static async Task<JsonDocument> NextAsync(LineReader lines, CancellationToken cancellation)
    {
        var line = await lines.NextAsync(cancellation).ConfigureAwait(false) ?? throw new FormatException("the end is missing: the file is cut off");
        return JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
    }

    private void CheckHead(JsonDocument head)
    {
        using (head)
        {
            var root = head.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("export", out var kind) || kind.ValueKind != JsonValueKind.String || kind.GetString() != "nes-directory")
                throw new FormatException("this is no export of a directory");
            if (!root.TryGetProperty("v", out var version) || !version.TryGetInt32(out var number) || number != Exporter.Version)
                throw new FormatException("it is of a version that this program does not know");
            if (!root.TryGetProperty("dir", out var directory) || directory.GetString() != keys.Directory.Hex)
                throw new FormatException($"it is of another directory than the keys in the data folder, which are of {keys.Directory}");
        }
    }

    /// <returns>Whether that was the end.</returns>
    private async Task<bool> TakeAsync(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || line.EnumerateObject().Count() != 1) throw new FormatException("expected an object with one member");
        var member = line.EnumerateObject().First();
        switch (member.Name)
        {
            case "users":
                await StoreUserAsync().ConfigureAwait(false);
                _user = ExportTable.Users.Read(member.Value);
                return false;
            case "records" when _user is not null:
                _records.Add(ExportTable.Records.Read(member.Value));
                return false;
            case "recoveries" when _user is not null && _recovery is null:
                _recovery = ExportTable.Recoveries.Read(member.Value);
                return false;
            case "mails":
                await StoreUserAsync().ConfigureAwait(false);
                await ExportTable.Mails.InsertAsync(ExportTable.Mails.Read(member.Value), null, connection, transaction).ConfigureAwait(false);
                _counts = _counts with { Mails = _counts.Mails + 1 };
                return false;
            case "end":
                await StoreUserAsync().ConfigureAwait(false);
                CheckEnd(member.Value);
                return true;
            default:
                throw new FormatException($"'{member.Name}' is not expected here");
        }
    }

    /// <summary>Checks a name with all that belongs to it once that is read, and stores it.</summary>
    private async Task StoreUserAsync()
    {
        if (_user is not { } user) return;
        _check.Check(user, _records, _recovery);
        await ExportTable.Users.InsertAsync(user, null, connection, transaction).ConfigureAwait(false);
        var id = await connection.QuerySingleAsync<long>("SELECT id FROM users WHERE name = @name", new { name = user.Text("name") }, transaction).ConfigureAwait(false);
        if (_records.Count > 0) await StoreAnswerAsync(id, user).ConfigureAwait(false);
        foreach (var record in _records) await ExportTable.Records.InsertAsync(record, id, connection, transaction).ConfigureAwait(false);
        if (_recovery is not null) await ExportTable.Recoveries.InsertAsync(_recovery, id, connection, transaction).ConfigureAwait(false);
        _counts = _counts with { Users = _counts.Users + 1, Records = _counts.Records + _records.Count, Recoveries = _counts.Recoveries + (_recovery is null ? 0 : 1) };
        _records.Clear();
        (_user, _recovery) = (null, null);
    }

    private Task<int> StoreAnswerAsync(long id, ExportRow user) => connection.ExecuteAsync(
        "INSERT INTO answers (user_id, is_active, key_rev, packed) VALUES (@id, @isActive, @keyRev, @packed)",
        new { id, isActive = user.Text("status") == UserStatus.Active ? 1L : 0L, keyRev = user.Number("key_rev"), packed = PackedAnswer.Pack(user.Bytes("signed_part")) },
        transaction);

    private void CheckEnd(JsonElement end)
    {
        var said = new ExportCounts(Number(end, "users"), Number(end, "records"), Number(end, "recoveries"), Number(end, "mails"));
        if (said != _counts) throw new FormatException("it says that there are other numbers of lines than there are: some were lost or added");
    }

    private static long Number(JsonElement end, string name) =>
        end.ValueKind == JsonValueKind.Object && end.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw new FormatException($"the end does not say how many {name} there are");
}
