using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using NesActors.Directory.Maintenance;
using NesActors.Directory.Tests.Support;
using NesActors.Testing;

namespace NesActors.Directory.Tests.Operating;

public sealed class BackupTests : IAsyncLifetime
{
    private static readonly string[] Keys = ["directory.key", "directory.pub", "fresh.key"];

    private readonly TempFolder _copy = new();
    private TestDirectory _directory = null!;
    private Uri _deletion = null!;
    private Uri _activation = null!;

    public async Task InitializeAsync()
    {
        _directory = await TestDirectory.StartAsync(ActivationMode.Log);
        (var activation, _deletion) = await _directory.RegisterForLinksAsync("amy");
        (await _directory.Http.PostAsync(activation, null)).Dispose();
        var amy = _directory.Owner("amy");
        (await _directory.SendAsync("PUT", "users/amy/statement", amy.Publication(await _directory.RecordAsync("amy"), "nes2", "what amy says", 7))).Dispose();
        (_activation, _) = await _directory.RegisterForLinksAsync("ben", keysOf: "ben");
        foreach (var key in Keys) File.Copy(_directory.Folder.File(key), _copy.File(key));
    }

    public async Task DisposeAsync()
    {
        await _directory.DisposeAsync();
        _copy.Dispose();
    }

    [Fact]
    public Task What_is_exported_beside_a_running_server_comes_back_in_another_folder() => MovesToAsync(null);

    [PostgresFact]
    public async Task It_is_the_way_to_postgres() => await MovesToAsync(await PostgresServer.NewDatabaseAsync());

    [Fact]
    public async Task What_an_import_made_exports_the_same_again()
    {
        var before = await ExportAsync();
        await new DirectoryData(_copy.Path, null).ImportAsync(new MemoryStream(before), _directory.Clock, CancellationToken.None);
        using var again = new MemoryStream();
        await new DirectoryData(_copy.Path, null).ExportAsync(again, _directory.Clock, CancellationToken.None);
        Assert.Equal(Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(again.ToArray()));
    }

    [Theory]
    [InlineData("\"rev\":1", "\"rev\":2")]
    [InlineData("\"status\":\"active\"", "\"status\":\"deleted\"")]
    [InlineData("\"name\":\"amy\"", "\"name\":\"zoe\"")]
    [InlineData("\"name\":\"ben\"", "\"name\":\"amy\"")]
    [InlineData("\"users\":2", "\"users\":3")]
    [InlineData("\"export\":\"nes-directory\"", "\"export\":\"other\"")]
    [InlineData("\"origin\":\"registration\"", "\"origin\":\"nothing\"")]
    [InlineData("\"has_proof\":0", "\"has_proof\":\"0\"")]
    [InlineData("\"v\":1,", "\"v\":2,")]
    [InlineData("{\"end\"", "{\"more\"")]
    public async Task A_damaged_export_is_refused_whole(string part, string damaged)
    {
        var text = Encoding.UTF8.GetString(await ExportAsync());
        Assert.Contains(part, text, StringComparison.Ordinal);
        var error = await ImportFailsAsync(text.Replace(part, damaged, StringComparison.Ordinal));
        Assert.Contains("Nothing was imported", error, StringComparison.Ordinal);
        Assert.Empty(await new DirectoryData(_copy.Path, null).ListAsync(null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task An_export_that_was_cut_off_anywhere_is_refused()
    {
        var text = Encoding.UTF8.GetString(await ExportAsync());
        for (var length = 0; length < text.Length; length += Math.Max(1, text.Length / 40)) await ImportFailsAsync(text[..length]);
    }

    [Fact]
    public async Task Random_damage_is_refused_or_harmless_and_never_a_fault()
    {
        var (random, export) = (new Random(20261123), await ExportAsync());
        for (var i = 0; i < 60; i++)
        {
            var damaged = export.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            using var folder = new TempFolder();
            foreach (var key in Keys) File.Copy(_copy.File(key), folder.File(key));
            var error = await Record.ExceptionAsync(() => new DirectoryData(folder.Path, null).ImportAsync(new MemoryStream(damaged), _directory.Clock, CancellationToken.None));
            Assert.True(error is null or DirectoryException, error?.ToString());
        }
    }

    [Fact]
    public async Task Nothing_is_imported_into_a_database_that_is_used()
    {
        var export = await ExportAsync();
        var error = await Assert.ThrowsAsync<DirectoryException>(
            () => new DirectoryData(_directory.Folder.Path, null).ImportAsync(new MemoryStream(export), _directory.Clock, CancellationToken.None));
        Assert.Contains("stop that one first", error.Message, StringComparison.Ordinal);
        await _directory.Server.DisposeAsync();
        error = await Assert.ThrowsAsync<DirectoryException>(
            () => new DirectoryData(_directory.Folder.Path, null).ImportAsync(new MemoryStream(export), _directory.Clock, CancellationToken.None));
        Assert.Contains("not empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_of_another_directory_is_refused()
    {
        File.Delete(_copy.File("directory.key"));
        DirectoryKey.Create(_copy.File("directory.key.new"), 2048);
        File.Move(_copy.File("directory.key.new"), _copy.File("directory.key"));
        Assert.Contains("another directory", await ImportFailsAsync(Encoding.UTF8.GetString(await ExportAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_knows_every_column_but_ids()
    {
        using var database = _directory.OpenDatabase();
        foreach (var table in (ExportTable[])[ExportTable.Users, ExportTable.Records, ExportTable.Recoveries, ExportTable.Mails])
        {
            foreach (var columns in table.Columns.GroupBy(column => column.Table ?? table.Name))
            {
                // Whether an answer is active is what the status of its user says.
                var there = database.Query<string>("SELECT name FROM pragma_table_info(@Key) WHERE name NOT IN ('id', 'user_id', 'is_active')", new { columns.Key });
                Assert.Equal(there.Order(StringComparer.Ordinal), columns.Select(column => column.PackedIn ?? column.Name).Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Users_are_listed_in_pages_beside_a_running_server()
    {
        var data = new DirectoryData(_directory.Folder.Path, null);
        Assert.Equal("amy, active", Assert.Single(await data.ListAsync(null, 1, CancellationToken.None)).ToString());
        var ben = Assert.Single(await data.ListAsync("amy", 10, CancellationToken.None));
        Assert.Equal(("ben", "pending", null, "somebody@example.org"), (ben.Name, ben.Status, ben.Rev, ben.Email));
        Assert.Null(await data.FindAsync("nobody", CancellationToken.None));
        Assert.Equal(_directory.Clock.GetUtcNow(), (await data.FindAsync("amy", CancellationToken.None))!.Since);
    }

    private async Task MovesToAsync(string? postgres)
    {
        var counts = await new DirectoryData(_copy.Path, postgres).ImportAsync(new MemoryStream(await ExportAsync()), _directory.Clock, CancellationToken.None);
        Assert.Equal(new ExportCounts(2, 1, 0, 0), counts);
        var before = await SignedPartAsync(_directory.Http);
        await using var server = await DirectoryServer.StartAsync(
            new DirectoryOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                DataFolder = _copy.Path,
                Activation = ActivationMode.Log,
                PostgresConnection = postgres,
                Clock = _directory.Clock,
                Limits = null,
                DatabaseTimeout = Patience.Limit,
            },
            CancellationToken.None);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        Assert.Equal(before, await SignedPartAsync(http));
        await http.PostAsync(new Uri(_activation.AbsolutePath, UriKind.Relative), null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        await http.PostAsync(new Uri(_deletion.AbsolutePath, UriKind.Relative), null).ShouldBeAsync(HttpStatusCode.OK, "user deleted");
    }

    private static async Task<string> SignedPartAsync(HttpClient http)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri("users/amy", UriKind.Relative)));
        Assert.Equal("what amy says", answer.RootElement.GetProperty("response").GetProperty("statement_nes2").GetString());
        return answer.RootElement.GetProperty("response").GetRawText() + answer.RootElement.GetProperty("signature").GetRawText();
    }

    private async Task<byte[]> ExportAsync()
    {
        using var output = new MemoryStream();
        await new DirectoryData(_directory.Folder.Path, null).ExportAsync(output, _directory.Clock, CancellationToken.None);
        return output.ToArray();
    }

    private async Task<string> ImportFailsAsync(string text) => (await Assert.ThrowsAsync<DirectoryException>(
        () => new DirectoryData(_copy.Path, null).ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), _directory.Clock, CancellationToken.None))).Message;
}
