using System.Text;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Directory.Tests.Support;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Client;

/// <summary>What a directory says of itself: its keys, from the one that the person was given to the newest.</summary>
public sealed class DirectoryTrustTests
{
    private static readonly Username Bob = Username.Parse("bob");

    private static RsaPrivateKey First => ProvingDirectory.First;

    private static RsaPrivateKey Second => ProvingDirectory.Second;

    private static RsaPrivateKey Third => ProvingDirectory.Third;

    private static RsaPrivateKey Foreign => ProvingDirectory.Foreign;

    [Fact]
    public async Task A_directory_without_that_address_is_plain()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Forget("GET /directory");
        using var client = directory.Client();
        Assert.IsType<DirectoryStanding.Plain>(await client.StandingAsync(default));
    }

    [Fact]
    public async Task Follows_the_keys_from_the_one_that_was_given()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Third;
        directory.Say(directory.Rotation(1, First, Second), directory.Rotation(2, Second, Third));
        foreach (var anchor in new[] { First, Second, Third })
        {
            using var client = directory.Client(new VolatileDirectoryMemory(), anchor);
            var known = Assert.IsType<DirectoryStanding.Proving>(await client.StandingAsync(default)).Known;
            Assert.Equal((ProvingDirectory.Id, 2, Third.PublicKey.ToPem()), (known.Directory, known.Rev, known.Key));
        }
    }

    [Fact]
    public async Task Finds_new_keys_when_an_answer_is_signed_by_them()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        directory.Serve(directory.Record());
        Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Bob, default));

        directory.Key = Second;
        directory.Say(directory.Rotation(1, First, Second));
        directory.Serve(directory.Record());
        Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Bob, default));

        directory.Clock.Advance(TimeSpan.FromMinutes(2));
        directory.Fresh = FreshPrivateKey.Generate();
        directory.Say(directory.Rotation(1, First, Second));
        directory.Serve(directory.Record(rev: 2));
        Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Bob, default));
        Assert.Equal(3, directory.DocumentRequests);
    }

    [Fact]
    public async Task Asks_once_a_minute_at_most_because_an_answer_does_not_verify()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        await client.StandingAsync(default);
        directory.Key = Foreign;
        directory.Serve(directory.Record());
        for (var i = 0; i < 5; i++) Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default));
        Assert.Equal(2, directory.DocumentRequests);
        directory.Clock.Advance(TimeSpan.FromMinutes(1));
        await client.LookUpAsync(Bob, default);
        Assert.Equal(3, directory.DocumentRequests);
    }

    [Fact]
    public async Task Asks_again_when_what_it_said_is_over_and_not_before()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        await client.StandingAsync(default);
        directory.Clock.Advance(DirectoryDocument.MaxLifetime + RecordProof.ClockSkew);
        await client.StandingAsync(default);
        Assert.Equal(1, directory.DocumentRequests);
        directory.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("was good until", Assert.IsType<DirectoryStanding.Untrusted>(await client.StandingAsync(default)).Detail, StringComparison.Ordinal);
        directory.Say();
        Assert.IsType<DirectoryStanding.Proving>(await client.StandingAsync(default));
    }

    [Fact]
    public async Task A_second_process_needs_not_ask_again()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using (var client = directory.Client()) await client.StandingAsync(default);
        using var other = directory.Client();
        Assert.IsType<DirectoryStanding.Proving>(await other.StandingAsync(default));
        Assert.Equal(1, directory.DocumentRequests);
    }

    [Fact]
    public async Task Goes_on_with_what_is_remembered_while_it_is_good()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        await client.StandingAsync(default);
        directory.Answer("GET /directory", 503, "busy");
        directory.Key = Foreign;
        directory.Serve(directory.Record());
        Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default));
        directory.Key = First;
        directory.Serve(directory.Record());
        Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Bob, default));
    }

    [Fact]
    public async Task Knows_nothing_where_it_does_not_answer_and_nothing_is_remembered()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record());
        directory.Answer("GET /directory", 503, "busy");
        using var client = directory.Client();
        Assert.Contains("503", Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Bob, default)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_proved_its_records_may_not_stop_after_a_restart_either()
    {
        using var folder = new TempFolder();
        await using var directory = await ProvingDirectory.StartAsync();
        using (var state = new StateStore(folder.File("amy.state"), directory.Clock))
        {
            using var client = directory.Client(state);
            await client.StandingAsync(default);
        }
        directory.Forget("GET /directory");
        directory.Answer("GET /users/bob", 200, [.. RecordAnswer.SignedPart(First, "{\"public_key_sign\":\"a\"}"u8), (byte)'}']);
        using var later = new StateStore(folder.File("amy.state"), directory.Clock);
        foreach (var time in new[] { TimeSpan.Zero, TimeSpan.FromDays(30) })
        {
            directory.Clock.Advance(time);
            using var client = directory.Client(later);
            Assert.Contains("2026-11-22", Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default)).Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_404_does_not_make_a_plain_directory_of_one_whose_records_prove()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record());
        directory.Forget("GET /directory");
        using var client = directory.Client();
        Assert.Contains("hide", Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_directory_that_begins_to_prove_is_believed_at_its_first_proof()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Forget("GET /directory");
        using var client = directory.Client();
        Assert.IsType<LookupResult.NotFound>(await client.LookUpAsync(Bob, default));
        directory.Say();
        directory.Serve(directory.Record());
        Assert.Equal(Vouching.Proved, Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Bob, default)).Vouched);
    }

    [Fact]
    public async Task Refuses_keys_that_do_not_begin_at_the_one_that_was_given()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        await RefusesAsync(directory, "not the one that was given", anchor: Foreign);
    }

    [Fact]
    public async Task Refuses_an_older_key_that_was_given_where_it_does_not_lead_to_the_newest()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Third;
        directory.Say(directory.Document(1), directory.Rotation(1, First, Third));
        await RefusesAsync(directory, "not the one that was given", anchor: Second);
    }

    [Fact]
    public async Task Refuses_changes_of_key_with_a_gap()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Third;
        directory.Say(directory.Document(2), directory.Rotation(1, First, Second));
        await RefusesAsync(directory, "changed its key 2 times and shows 1");
        directory.Say(directory.Document(2), directory.Rotation(1, First, Second), directory.Rotation(3, Second, Third));
        await RefusesAsync(directory, "gap before number 2");
        directory.Say(directory.Document(2), directory.Rotation(1, First, Foreign), directory.Rotation(2, Second, Third));
        await RefusesAsync(directory, "gap before number 2");
    }

    [Fact]
    public async Task Refuses_a_change_of_key_that_the_key_before_did_not_sign()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Second;
        directory.Say(directory.Rotation(1, First, Second, signer: Second));
        await RefusesAsync(directory, "change 1 of its key is not signed");
    }

    [Fact]
    public async Task Refuses_a_change_of_key_of_another_directory()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Second;
        directory.Say(directory.Rotation(1, First, Second, directory: Digest.Of("another"u8)));
        await RefusesAsync(directory, "of another directory");
    }

    [Fact]
    public async Task Refuses_a_document_that_the_newest_key_did_not_sign()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Say(directory.Document() with { Key = Second.PublicKey.ToPem() });
        await RefusesAsync(directory, "not signed by its newest key");
        directory.Key = Second;
        directory.Say(directory.Document() with { Key = First.PublicKey.ToPem() });
        await RefusesAsync(directory, "not signed by its newest key");
    }

    [Fact]
    public async Task Refuses_to_go_back_to_an_older_key()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Second;
        directory.Say(directory.Rotation(1, First, Second));
        using (var client = directory.Client()) Assert.IsType<DirectoryStanding.Proving>(await client.StandingAsync(default));
        AfterTheDocument(directory);
        directory.Key = First;
        directory.Say();
        await RefusesAsync(directory, "went back to an older key", directory.Memory);
    }

    [Fact]
    public async Task Refuses_a_fork_of_the_keys()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Second;
        directory.Say(directory.Rotation(1, First, Second));
        using (var client = directory.Client()) Assert.IsType<DirectoryStanding.Proving>(await client.StandingAsync(default));
        AfterTheDocument(directory);
        directory.Key = Third;
        directory.Say(directory.Rotation(1, First, Third));
        await RefusesAsync(directory, "fork", directory.Memory);
        directory.Say(directory.Rotation(1, First, Foreign), directory.Rotation(2, Foreign, Third));
        await RefusesAsync(directory, "fork", directory.Memory);
        directory.Say(directory.Rotation(1, First, Second), directory.Rotation(2, Second, Third));
        using var later = directory.Client();
        Assert.IsType<DirectoryStanding.Proving>(await later.StandingAsync(default));
    }

    [Fact]
    public async Task Refuses_to_go_back_to_an_older_key_for_fresh_answers()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var old = directory.Document();
        directory.Clock.Advance(TimeSpan.FromDays(1));
        directory.Fresh = FreshPrivateKey.Generate();
        directory.Say();
        using var client = directory.Client();
        await client.StandingAsync(default);
        directory.Say(old);
        directory.Key = Foreign;
        directory.Serve(directory.Record());
        Assert.Contains("older key for fresh answers", Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_document_that_is_over_or_not_yet_good_or_good_for_too_long()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var now = directory.Document().Issued;
        directory.Say(directory.Document() with { Issued = now - TimeSpan.FromDays(2), Expires = now - TimeSpan.FromMinutes(6) });
        await RefusesAsync(directory, "was good until");
        directory.Say(directory.Document() with { Issued = now + TimeSpan.FromMinutes(6), Expires = now + TimeSpan.FromDays(1) });
        await RefusesAsync(directory, "from the future");
        directory.Say(directory.Document() with { Expires = now + DirectoryDocument.MaxLifetime + TimeSpan.FromMilliseconds(1) });
        await RefusesAsync(directory, "no time that is allowed");
        directory.Say(directory.Document() with { Expires = now });
        await RefusesAsync(directory, "no time that is allowed");
    }

    [Fact]
    public async Task Refuses_a_key_for_fresh_answers_that_is_none()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Say(directory.Document() with { FreshKey = [1, 2, 3] });
        await RefusesAsync(directory, "key for fresh answers is none");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Welcome to the hotel's network</html>")]
    [InlineData("{}")]
    [InlineData("{\"response\":null,\"signature\":null,\"rotations\":null}")]
    [InlineData("{\"response\":{},\"signature\":\"AA==\",\"rotations\":[]}")]
    [InlineData("{\"response\":{},\"signature\":\"AA==\",\"rotations\":[null]}")]
    [InlineData("{\"response\":{\"v\":1,\"dir\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"rev\":0,\"key\":null,\"fresh_key\":\"\",\"iat\":0,\"exp\":1},\"signature\":\"AA==\",\"rotations\":[]}")]
    [InlineData("{\"response\":{\"v\":1,\"dir\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"rev\":-1,\"key\":\"x\",\"fresh_key\":\"\",\"iat\":0,\"exp\":1},\"signature\":\"AA==\",\"rotations\":[]}")]
    [InlineData("{\"response\":{\"v\":1,\"dir\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"rev\":0,\"key\":\"x\",\"fresh_key\":\"\",\"iat\":-62135596800000,\"exp\":253402300799999},\"signature\":\"AA==\",\"rotations\":[]}")]
    public async Task Refuses_a_document_that_is_none(string body)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /directory", 200, Encoding.UTF8.GetBytes(body));
        using var client = directory.Client();
        Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default));
    }

    [Fact]
    public async Task Refuses_a_document_without_end()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /directory", 200, new byte[64 * 1024 + 1]);
        await RefusesAsync(directory, "more of itself");
    }

    [Fact]
    public async Task Random_damage_to_a_document_is_never_believed_and_never_thrown()
    {
        var random = new Random(20261122);
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Key = Second;
        var answer = new DirectoryAnswer(SignedBytes.Sign(Second, directory.Document(1).ToJson()), [directory.Rotation(1, First, Second)]).ToJson();
        // Inside the responses; another spelling of a signature is another matter.
        var places = Encoding.UTF8.GetString(answer).IndexOf("\"signature\"", StringComparison.Ordinal) - 1;
        for (var i = 0; i < 200; i++)
        {
            var damaged = answer.ToArray();
            damaged[random.Next(places)] ^= (byte)random.Next(1, 256);
            directory.Answer("GET /directory", 200, damaged);
            using var client = directory.Client(new VolatileDirectoryMemory());
            Assert.IsType<DirectoryStanding.Untrusted>(await client.StandingAsync(default));
        }
    }

    [Fact]
    public async Task A_memory_that_fails_fails_the_look_up()
    {
        using var folder = new TempFolder();
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record());
        using (var made = new StateStore(folder.File("amy.state"), directory.Clock)) made.Open();
        File.WriteAllText(folder.File("amy.state/state.db"), "no database");
        using var state = new StateStore(folder.File("amy.state"), directory.Clock);
        using var client = directory.Client(state);
        Assert.Contains("state.db is damaged", Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Bob, default)).Detail, StringComparison.Ordinal);
    }

    private static void AfterTheDocument(ProvingDirectory directory) => directory.Clock.Advance(DirectoryDocument.MaxLifetime + TimeSpan.FromHours(1));

    private static async Task RefusesAsync(ProvingDirectory directory, string because, IDirectoryMemory? memory = null, RsaPrivateKey? anchor = null)
    {
        using var client = directory.Client(memory ?? new VolatileDirectoryMemory(), anchor);
        Assert.Contains(because, Assert.IsType<DirectoryStanding.Untrusted>(await client.StandingAsync(default)).Detail, StringComparison.Ordinal);
    }
}
