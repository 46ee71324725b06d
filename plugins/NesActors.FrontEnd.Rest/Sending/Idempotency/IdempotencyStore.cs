using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Sending.Idempotency;

/// <summary>What was asked for under which key, for a day: on the disk before anything of it is done, so that it is done once even where the process is killed in between.</summary>
internal sealed class IdempotencyStore : IAsyncDisposable
{
    /// <summary>Messages sent under keys of one token within a day. More are refused: to forget some of them earlier would be to send some of them twice.</summary>
    public const int MaxMessages = 250_000;

    /// <summary>How long a key is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const int IdSize = 16;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly GatewayWriter _writer;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, long> _messages;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _sweeper;

    public IdempotencyStore(GatewayDatabase database, GatewayWriter writer, TimeProvider clock)
    {
        (_writer, _clock) = (writer, clock);
        _messages = new(database.Read(connection => connection.Query<(string Token, long Count)>($"SELECT token, SUM(length(messages) / {IdSize}) FROM idempotency GROUP BY token"))
            .Select(row => KeyValuePair.Create(row.Token, row.Count)));
        _sweeper = clock.CreateTimer(_ => Sweep(), null, TimeSpan.Zero, SweepEvery);
    }

    /// <summary>Takes a key for a request, or finds the request that has it. When the task ends, it is on the disk.</summary>
    /// <param name="key">The key.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="messages">The ids that its messages get if it is new.</param>
    /// <exception cref="ProblemException">There are too many.</exception>
    /// <exception cref="SqliteException">The database failed; the key was not taken.</exception>
    public async Task<Claim> ClaimAsync(IdempotencyKey key, RequestFingerprint request, IReadOnlyList<MessageId> messages)
    {
        if (IsFull(key.Token, messages.Count)) await SweepAsync().ConfigureAwait(false);
        var isFull = IsFull(key.Token, messages.Count);
        var now = _clock.GetUtcNow();
        var row = new Row { Id = Convert.FromHexString(key.Id.Hex), Request = Convert.FromHexString(request.Hex), Messages = Pack(messages), Created_at = now.ToUnixTimeMilliseconds() };
        var (found, more) = await _writer.RunAsync((connection, transaction) => Claim(connection, transaction, row, key.Token, EndOf(now), isFull)).ConfigureAwait(false);
        if (more != 0) _messages.AddOrUpdate(key.Token, more, (_, count) => count + more);
        return found is null
            ? throw new ProblemException(ProblemCode.RateLimited, $"{MaxMessages} messages of the last 24 hours have an Idempotency-Key, and no more can be kept; nothing was sent. Without a key it can be.")
            {
                // Keys go in the order in which they came; when the next one does is not looked up for who has used up so many.
                RetryAfter = TimeSpan.FromHours(1),
            }
            : new Claim(new RequestFingerprint(Convert.ToHexString(found.Request)), Unpack(found.Messages), found.Answer is { } answer ? FirstAnswer.Read(answer) : null);
    }

    /// <summary>Keeps the answer for who asks again. It is on the disk soon after, and before anything that is written later.</summary>
    public void Remember(IdempotencyKey key, FirstAnswer answer) => Forget(_writer.RunAsync((connection, transaction) => connection.Execute(
        "UPDATE idempotency SET answer = @answer WHERE id = @id AND answer IS NULL", new { answer = answer.ToJson(), id = Convert.FromHexString(key.Id.Hex) }, transaction)));

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private bool IsFull(string token, int more) => _messages.GetValueOrDefault(token) + more > MaxMessages;

    /// <returns>The row that has the key, and how many messages there are more than before; no row where there is no room for one.</returns>
    private static (Row? Row, int More) Claim(SqliteConnection connection, SqliteTransaction transaction, Row wanted, string token, long end, bool isFull)
    {
        var known = connection.QuerySingleOrDefault<Row>("SELECT id, request, messages, answer, created_at FROM idempotency WHERE id = @Id", new { wanted.Id }, transaction);
        if (known?.Created_at > end) return (known, 0);
        if (isFull) return (null, 0);
        connection.Execute(
            "INSERT OR REPLACE INTO idempotency (id, token, request, messages, created_at) VALUES (@Id, @token, @Request, @Messages, @Created_at)",
            new { wanted.Id, token, wanted.Request, wanted.Messages, wanted.Created_at },
            transaction);
        return (wanted, (wanted.Messages.Length - (known?.Messages.Length ?? 0)) / IdSize);
    }

    /// <summary>Removes those whose day is over.</summary>
    private void Sweep() => Forget(SweepAsync());

    private async Task SweepAsync()
    {
        // One after the other: whoever has swept knows how many are left.
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var end = EndOf(_clock.GetUtcNow());
            var removed = await _writer.RunAsync((connection, transaction) => connection.Query<(string Token, long Count)>(
                $"DELETE FROM idempotency WHERE created_at <= @end RETURNING token, length(messages) / {IdSize}", new { end }, transaction).ToList()).ConfigureAwait(false);
            foreach (var (token, count) in removed) _messages.AddOrUpdate(token, 0, (_, known) => known - count);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Not waited for: what cannot be written now is written, or removed, another time.</summary>
    private static void Forget(Task task) => task.ContinueWith(
        failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static long EndOf(DateTimeOffset now) => (now - Kept).ToUnixTimeMilliseconds();

    private static byte[] Pack(IReadOnlyList<MessageId> messages) => [.. messages.SelectMany(message => message.Value.ToByteArray(bigEndian: true))];

    private static IReadOnlyList<MessageId> Unpack(byte[] messages) => [.. messages.Chunk(IdSize).Select(bytes => new MessageId(new Guid(bytes, bigEndian: true)))];

    private sealed class Row
    {
        public required byte[] Id { get; init; }

        public required byte[] Request { get; init; }

        public required byte[] Messages { get; init; }

        public string? Answer { get; init; }

        public required long Created_at { get; init; }
    }
}

/// <summary>A request that has a key.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Messages">The ids of its messages.</param>
/// <param name="Answer">What was answered; <see langword="null"/>: perhaps nothing yet.</param>
internal sealed record Claim(RequestFingerprint Request, IReadOnlyList<MessageId> Messages, FirstAnswer? Answer);
