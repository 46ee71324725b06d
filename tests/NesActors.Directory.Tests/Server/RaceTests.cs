using System.Net;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class RaceTests
{
    [Theory]
    [InlineData(ActivationMode.None)]
    [InlineData(ActivationMode.Log)]
    public async Task Of_50_registrations_of_a_name_at_once_one_is_taken(ActivationMode activation)
    {
        await using var directory = await TestDirectory.StartAsync(activation);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await directory.RegisterAsync("amy");
            return (response.StatusCode, Text: await response.Content.ReadAsStringAsync());
        }));
        var counts = answers.CountBy(answer => answer).ToDictionary();
        Assert.Equal(
            new Dictionary<(HttpStatusCode, string), int> { [(HttpStatusCode.Created, "user created")] = 1, [(HttpStatusCode.BadRequest, "user already exist")] = 49 },
            counts);
    }

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
