using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Client;

/// <summary>The client and the server of this repository, over HTTP.</summary>
public sealed class RealDirectoryTests : IAsyncLifetime
{
    private static readonly Username Bob = Username.Parse("bob");

    private TestDirectory _directory = null!;
    private HttpKeyDirectory _client = null!;

    public async Task InitializeAsync()
    {
        _directory = await TestDirectory.StartAsync();
        _client = _directory.Client();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Proves_what_it_says_of_itself_of_a_user_and_of_nobody()
    {
        Assert.IsType<DirectoryStanding.Proving>(await _client.StandingAsync(default));
        Assert.Equal(new LookupResult.NotFound { IsProved = true }, await LookUpAsync());
        await RegisterAsync();
        Assert.Equal((Vouching.Proved, 1L), await LookUpAsync() is LookupResult.Found { Proof: { } proof } found ? (found.Vouched, proof.Rev) : default);
    }

    [Fact]
    public async Task Goes_on_proving_for_weeks()
    {
        await RegisterAsync();
        for (var week = 0; week < 4; week++)
        {
            Assert.IsType<LookupResult.Found>(await LookUpAsync());
            _directory.Clock.Advance(TimeSpan.FromDays(8));
        }
    }

    [Fact]
    public async Task Does_what_the_owner_asks_for_and_shows_it_in_the_history()
    {
        await RegisterAsync();
        var owner = _client.Owner(Bob);

        Assert.Equal(2, Assert.IsType<OwnerResult.Changed>(await owner.ChangeKeysAsync(OwnerOf.Second.Keys, OwnerOf.First.Sign, OwnerOf.Second.Sign, default)).Proof.Rev);
        Assert.Equal(new OwnerResult.Done("user deleted"), await owner.DeleteAsync(OwnerOf.Second.Sign, default));

        Assert.IsType<LookupResult.Deleted>(await LookUpAsync());
        var history = Assert.IsType<HistoryResult.Found>(await _client.HistoryAsync(Bob, default));
        Assert.Equal(
            [(RecordOrigin.Registration, false), (RecordOrigin.Change, true), (RecordOrigin.Deletion, true)],
            history.Records.Select(record => (record.Origin, record.OldKeySigned)));
    }

    [Fact]
    public async Task Revokes_by_the_statement_that_was_kept_apart_and_by_no_other()
    {
        await RegisterAsync();
        var directory = Assert.IsType<DirectoryStanding.Proving>(await _client.StandingAsync(default)).Directory;
        Assert.IsType<OwnerResult.Refused>(await RevokeAsync(OwnerOf.Second, directory));
        Assert.Equal(new OwnerResult.Done("user revoked"), await RevokeAsync(OwnerOf.First, directory));
        Assert.IsType<LookupResult.Revoked>(await LookUpAsync());
    }

    [Fact]
    public async Task A_link_of_its_mail_tells_what_it_does_and_does_it()
    {
        await using var waiting = await TestDirectory.StartAsync(ActivationMode.Log);
        var (activation, _) = await waiting.RegisterForLinksAsync("amy");
        using var client = waiting.Client();

        Assert.Equal(LinkAction.Activate, Assert.IsType<LinkResult.Known>(await client.Links.LookAsync(activation, default)).Action);
        Assert.Equal(new OwnerResult.Done("user activated"), await client.Links.FollowAsync(activation, default));
        Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Username.Parse("amy"), default));
    }

    private Task<LookupResult> LookUpAsync() => _client.LookUpAsync(Bob, CancellationToken.None);

    private async Task RegisterAsync() => Assert.IsType<RegistrationResult.Registered>(
        await _client.RegisterAsync(Bob, "bob@example.org", OwnerOf.First.Keys, OwnerOf.First.Sign, CancellationToken.None));

    private Task<OwnerResult> RevokeAsync(OwnerOf owner, Digest directory) =>
        _client.Owner(Bob).RevokeAsync(owner.Sign.SignPss(Statements.Revoke(directory, Bob, OwnerOf.First.Digests.Sign)), CancellationToken.None);
}
