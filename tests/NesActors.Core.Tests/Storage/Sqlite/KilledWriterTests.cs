using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Tests.Storage.State;

namespace NesActors.Core.Tests.Storage.Sqlite;

/// <summary>A process that is killed while it writes.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Username Amy = Username.Parse("amy");
    private readonly StateFolderFixture _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_however_often_the_writer_is_killed()
    {
        var acknowledged = new HashSet<string>();
        for (var run = 0; run < 4; run++) acknowledged.UnionWith(await WriteUntilKilledAsync($"run{run}", lines: 200 + (run * 150)));

        AssertWhole();
        await using var store = SqliteMessageStore.Open(_place.Folder, TimeProvider.System);
        var history = await store.HistoryAsync(Amy, null, null, int.MaxValue, default);
        var received = history.Where(message => message.Direction == MessageDirection.Incoming).Select(message => $"received {message.Text}").ToList();
        Assert.Equal(received.Count, received.Distinct().Count());
        Assert.Empty(Of("received", acknowledged).Except(received));

        var outbox = (await store.OutboxAsync(default)).ToDictionary(entry => entry.Message.Text);
        Assert.All(outbox.Values.Where(entry => entry.Frame is not null), entry => Assert.Equal(entry.Message.Text, Encoding.UTF8.GetString(entry.Frame!.Bytes.Span)));
        var queued = history.Where(message => message.Direction == MessageDirection.Outgoing).ToDictionary(message => message.Text, message => message.State);
        foreach (var text in Of("queued", acknowledged).Select(line => line[7..]))
        {
            // Settled, or still to go out with the bytes that may have left: never neither.
            Assert.True(queued[text] == MessageState.Published || outbox[text] is { MayHaveLeft: true, Frame: not null }, text);
        }

        // What is in the spool was not received, and what was is in it no more.
        var spooled = (await store.SpooledAsync(default, int.MaxValue, default)).Select(frame => $"received {Encoding.UTF8.GetString(frame.Frame.Span)}");
        Assert.Empty(spooled.Intersect(received));
        var events = new List<MessengerEvent>();
        await foreach (var item in store.EventsAsync(0, default))
        {
            events.Add(item);
            if (item.Cursor == store.LastCursor) break;
        }
        Assert.Equal(received.Count, events.OfType<MessageReceived>().Count());
    }

    /// <returns>The lines that it wrote before it was killed.</returns>
    private async Task<IReadOnlyList<string>> WriteUntilKilledAsync(string name, int lines)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [StoreHostProgram(), _place.Folder, name]) { RedirectStandardOutput = true })!;
        try
        {
            var written = new List<string>();
            while (written.Count < lines && await process.StandardOutput.ReadLineAsync(limit.Token) is { } line) written.Add(line);
            Assert.Equal(lines, written.Count);
            process.Kill();
            // Up to the last line that is whole: it was acknowledged too.
            var rest = await process.StandardOutput.ReadToEndAsync(limit.Token);
            written.AddRange(rest.Split('\n')[..^1]);
            return written;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(limit.Token);
        }
    }

    private void AssertWhole()
    {
        using var connection = new SqliteConnection($"Data Source={_place.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
    }

    private static IEnumerable<string> Of(string kind, IEnumerable<string> lines) => lines.Where(line => line.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>The program of tests/StoreHost, as the build of this configuration left it.</summary>
    private static string StoreHostProgram()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var tests = configuration.Parent!.Parent!.Parent!;
        var file = Path.Combine(tests.FullName, "StoreHost", "bin", configuration.Name, framework.Name, "StoreHost.dll");
        return File.Exists(file) ? file : throw new FileNotFoundException("The test's program was not built.", file);
    }
}
