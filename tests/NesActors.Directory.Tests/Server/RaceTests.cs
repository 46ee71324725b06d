using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class RaceSpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    [SkippableFact]
    public async Task Of_50_registrations_of_a_name_at_once_one_is_taken()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await Directory.RegisterAsync("amy");
            return (response.StatusCode, Text: await response.Content.ReadAsStringAsync());
        }));
        var counts = answers.CountBy(answer => answer).ToDictionary();
        Assert.Equal(
            new Dictionary<(HttpStatusCode, string), int> { [(HttpStatusCode.Created, "user created")] = 1, [(HttpStatusCode.BadRequest, "user already exist")] = 49 },
            counts);
    }

    [SkippableFact]
    public async Task Of_10000_registrations_of_100_names_100_are_taken()
    {
        const int Names = 100;
        var bodies = Enumerable.Range(0, Names).Select(i => JsonSerializer.SerializeToUtf8Bytes(TestKeys.Registration($"user{i}", keysOf: "amy"))).ToArray();
        var order = Enumerable.Range(0, 10_000).Select(i => i % Names).ToArray();
        new Random(20261122).Shuffle(order);
        var answers = new ConcurrentBag<(HttpStatusCode, string)>();

        await Parallel.ForEachAsync(order, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellation) =>
        {
            using var response = await Directory.Http.PostAsync(new Uri("users", UriKind.Relative), new ByteArrayContent(bodies[i]), cancellation);
            answers.Add((response.StatusCode, await response.Content.ReadAsStringAsync(cancellation)));
        });

        Assert.Equal(
            new Dictionary<(HttpStatusCode, string), int>
            {
                [(HttpStatusCode.Created, "user created")] = Names,
                [(HttpStatusCode.BadRequest, "user already exist")] = order.Length - Names,
            },
            answers.CountBy(answer => answer).ToDictionary());
    }
}

public sealed class RaceTests() : RaceSpec(Database.Sqlite)
{
    [Fact]
    public async Task The_keys_of_the_winner_are_served_whole()
    {
        await using var directory = await TestDirectory.StartAsync();
        string[] owners = ["amy", "ben", "cat3072", "dan-4096"];
        var answers = await Task.WhenAll(owners.Select(async owner =>
        {
            using var response = await directory.RegisterAsync("race", keysOf: owner);
            return (owner, response.StatusCode);
        }));
        var winner = answers.Single(answer => answer.StatusCode == HttpStatusCode.Created).owner;

        using var client = directory.Client();
        var found = Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Username.Parse("race"), CancellationToken.None));
        Assert.Equal(TestKeys.Message(winner), found.Record.Entries[PublicRecord.MessageKey]);
        Assert.Equal(TestKeys.Sign(winner), found.Record.Entries[PublicRecord.SignKey]);
    }
}

public sealed class PostgresRaceTests() : RaceSpec(Database.Postgres);
