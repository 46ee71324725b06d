using System.Text;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Client;

/// <summary>What a directory that proves its records must prove of somebody who is not there.</summary>
public sealed class ProvedAbsenceTests
{
    private static readonly Username Bob = Username.Parse("bob");

    [Fact]
    public async Task Believes_a_proof_that_there_is_no_such_user()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Prove(directory, Absent(directory));
        Assert.Equal(new LookupResult.NotFound { IsProved = true }, await LookUpAsync(directory));
    }

    [Fact]
    public async Task Says_that_the_keys_were_revoked()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Gone(RecordStatus.Revoked));
        Assert.Contains("bob revoked these keys on 2026-11-22", Assert.IsType<LookupResult.Revoked>(await LookUpAsync(directory)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_user_left()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Gone(RecordStatus.Deleted));
        Assert.Contains("bob left the key directory", Assert.IsType<LookupResult.Deleted>(await LookUpAsync(directory)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_revocation_that_is_older_than_the_record_seen()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record(rev: 3));
        Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
        directory.Serve(directory.Gone(RecordStatus.Revoked, rev: 2));
        await RefusesAsync(directory, "an older record of bob (rev 2)");
    }

    [Fact]
    public async Task Refuses_a_404_without_a_proof()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        await RefusesAsync(directory, "without the proof");
        Assert.Contains("GET /users/bob?proof=1", directory.Requests);
    }

    [Fact]
    public async Task Refuses_a_proof_about_another_name()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Prove(directory, Absent(directory, "mallory"));
        await RefusesAsync(directory, "there is no mallory");
    }

    [Fact]
    public async Task Refuses_a_proof_with_another_name_put_into_it()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Prove(directory, Absent(directory, "mallory") with { User = Bob });
        await RefusesAsync(directory, "not its own");
    }

    [Fact]
    public async Task Refuses_a_proof_that_is_over()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Prove(directory, Absent(directory));
        directory.Clock.Advance(Absence.Lifetime + RecordProof.ClockSkew + TimeSpan.FromMilliseconds(1));
        await RefusesAsync(directory, "was good until");
    }

    [Fact]
    public async Task Refuses_a_proof_of_another_directory()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Prove(directory, Absence.Sign(directory.Fresh, Digest.Of("another"u8), Bob, directory.Clock.GetUtcNow()));
        await RefusesAsync(directory, "another directory");
    }

    [Fact]
    public async Task Refuses_a_proof_by_another_key()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var other = FreshPrivateKey.Generate();
        Prove(directory, Absence.Sign(other, ProvingDirectory.Id, Bob, directory.Clock.GetUtcNow()));
        await RefusesAsync(directory, "not its own");
    }

    [Fact]
    public async Task Refuses_a_proof_that_there_never_was_whom_it_has_seen()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record());
        Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
        directory.Forget("GET /users/bob");
        Prove(directory, Absent(directory));
        await RefusesAsync(directory, "never was a bob");
    }

    [Theory]
    [InlineData("")]
    [InlineData("user not found")]
    [InlineData("{}")]
    [InlineData("{\"absent\":null}")]
    [InlineData("{\"absent\":{\"dir\":null,\"user\":null,\"iat\":null,\"exp\":null,\"signature\":null}}")]
    [InlineData("{\"absent\":{\"dir\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"user\":\"bob\",\"iat\":1,\"exp\":2,\"signature\":\"%\"}}")]
    public async Task Refuses_a_malformed_proof(string body)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /users/bob?proof=1", 404, Encoding.UTF8.GetBytes(body));
        Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(directory));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Does_not_know_where_the_directory_gives_no_proof_now(int status)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /users/bob?proof=1", status, "later");
        Assert.Contains($"{status}", Assert.IsType<LookupResult.Unavailable>(await LookUpAsync(directory)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Believes_the_record_of_somebody_who_came_meanwhile()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /users/bob?proof=1", 200, directory.BodyOf(directory.Record()));
        Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
    }

    private static Absence Absent(ProvingDirectory directory, string user = "bob") =>
        Absence.Sign(directory.Fresh, ProvingDirectory.Id, Username.Parse(user), directory.Clock.GetUtcNow());

    private static void Prove(ProvingDirectory directory, Absence absence) => directory.Answer("GET /users/bob?proof=1", 404, absence.ToJson());

    private static async Task<LookupResult> LookUpAsync(ProvingDirectory directory)
    {
        using var client = directory.Client();
        return await client.LookUpAsync(Bob, CancellationToken.None);
    }

    private static async Task RefusesAsync(ProvingDirectory directory, string because) =>
        Assert.Contains(because, Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(directory)).Detail, StringComparison.Ordinal);
}
