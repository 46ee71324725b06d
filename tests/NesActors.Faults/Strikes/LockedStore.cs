using Microsoft.Data.Sqlite;
using NesActors.Faults.Trials;

namespace NesActors.Faults.Strikes;

/// <summary>Another process keeps a person's database for itself, for less time than a session waits for it.</summary>
internal sealed class LockedStore : IStrike
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    public string Name => "a locked store";

    public async Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        var person = random.Next(2) == 0 ? exchange.Alice : exchange.Bob;
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(person.StateFolder, "state.db")};Pooling=False");
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(cancellation);
        await Task.Delay(Longest * random.NextDouble(), cancellation);
    }
}
