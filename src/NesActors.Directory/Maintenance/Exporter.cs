using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;

namespace NesActors.Directory.Maintenance;

/// <summary>
/// Writes an export: a first line that says what it is, then each name with its records and its recovery behind it, then the mails that wait, then how many of each
/// there were. It reads in pages, so that its memory does not grow with the directory.
/// </summary>
internal sealed class Exporter(DbConnection connection, Stream output, TimeProvider clock)
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private const int Page = 200;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public async Task<ExportCounts> WriteAsync(CancellationToken cancellation)
    {
        var directory = await connection.QuerySingleOrDefaultAsync<string?>("SELECT directory FROM identity").ConfigureAwait(false)
            ?? throw new DirectoryException("There is nothing to export: no server ever ran on this database.");
        await LineAsync(json =>
        {
            json.WriteString("export", "nes-directory");
            json.WriteNumber("v", Version);
            json.WriteString("dir", directory);
            json.WriteNumber("at", clock.GetUtcNow().ToUnixTimeMilliseconds());
        }, cancellation).ConfigureAwait(false);

        var counts = await WriteUsersAsync(cancellation).ConfigureAwait(false);
        foreach (var mail in await RowsAsync(ExportTable.Mails, "", "ORDER BY id", null).ConfigureAwait(false))
        {
            await RowAsync(ExportTable.Mails, ExportTable.Mails.Take(mail), cancellation).ConfigureAwait(false);
            counts = counts with { Mails = counts.Mails + 1 };
        }
        await LineAsync(json =>
        {
            json.WriteStartObject("end");
            json.WriteNumber("users", counts.Users);
            json.WriteNumber("records", counts.Records);
            json.WriteNumber("recoveries", counts.Recoveries);
            json.WriteNumber("mails", counts.Mails);
            json.WriteEndObject();
        }, cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    private async Task<ExportCounts> WriteUsersAsync(CancellationToken cancellation)
    {
        var counts = new ExportCounts(0, 0, 0, 0);
        for (var last = long.MinValue; ;)
        {
            var users = await RowsAsync(ExportTable.Users, "id, ", "WHERE id > @last ORDER BY id LIMIT @most", new { last, most = Page }).ConfigureAwait(false);
            if (users.Count == 0) return counts;
            var range = new { first = last, last = (long)users[^1]["id"]! };
            var records = await ByUserAsync(ExportTable.Records, "ORDER BY user_id, rev", range).ConfigureAwait(false);
            var recoveries = await ByUserAsync(ExportTable.Recoveries, "", range).ConfigureAwait(false);
            foreach (var user in users)
            {
                var id = (long)user["id"]!;
                await RowAsync(ExportTable.Users, ExportTable.Users.Take(user), cancellation).ConfigureAwait(false);
                foreach (var record in records[id]) await RowAsync(ExportTable.Records, record, cancellation).ConfigureAwait(false);
                foreach (var recovery in recoveries[id]) await RowAsync(ExportTable.Recoveries, recovery, cancellation).ConfigureAwait(false);
                counts = counts with { Users = counts.Users + 1, Records = counts.Records + records[id].Count(), Recoveries = counts.Recoveries + recoveries[id].Count() };
            }
            last = range.last;
        }
    }

    private async Task<ILookup<long, ExportRow>> ByUserAsync(ExportTable table, string order, object range) =>
        (await RowsAsync(table, "user_id, ", $"WHERE user_id > @first AND user_id <= @last {order}", range).ConfigureAwait(false))
            .ToLookup(row => (long)row["user_id"]!, table.Take);

    private async Task<List<IDictionary<string, object?>>> RowsAsync(ExportTable table, string ids, string condition, object? values) =>
        [.. (await connection.QueryAsync($"SELECT {ids}{table.ColumnList} FROM {table.Source} {condition}", values).ConfigureAwait(false)).Cast<IDictionary<string, object?>>()];

    private Task RowAsync(ExportTable table, ExportRow row, CancellationToken cancellation) => LineAsync(json => table.Write(json, row), cancellation);

    private async Task LineAsync(Action<Utf8JsonWriter> members, CancellationToken cancellation)
    {
        using var line = new MemoryStream();
        await using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        await output.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellation).ConfigureAwait(false);
        await output.WriteAsync(LineEnd, cancellation).ConfigureAwait(false);
    }
}
