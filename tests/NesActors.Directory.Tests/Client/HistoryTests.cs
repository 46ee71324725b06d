using System.Text;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Client;

/// <summary>The records that a name has had, each held against the one before.</summary>
public sealed class HistoryTests
{
    private static readonly Username Bob = Username.Parse("bob");

    [Fact]
    public async Task Tells_of_each_record_whether_the_old_key_signed_for_it()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var story = new Story(directory).Register(OwnerOf.First).Change(OwnerOf.Second).Revoke().Recover(OwnerOf.Third).Delete();
        Serve(directory, story.Entries);

        var found = Assert.IsType<HistoryResult.Found>(await ReadAsync(directory));

        Assert.Equal(
            [
                (1, RecordOrigin.Registration, false), (2, RecordOrigin.Change, true), (3, RecordOrigin.Revocation, true),
                (4, RecordOrigin.Recovery, false), (5, RecordOrigin.Deletion, true),
            ],
            found.Records.Select(record => ((int)record.Record.Rev, record.Origin, record.OldKeySigned)));
        Assert.Equal(story.Last.Hash(), found.Records[^1].Hash);
    }

    [Fact]
    public async Task Reads_all_pages()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var story = new Story(directory).Register(OwnerOf.First);
        for (var i = 0; i < 24; i++) story.Change(i % 2 == 0 ? OwnerOf.Second : OwnerOf.First);
        Serve(directory, story.Entries[..RecordHistory.PageSize], last: 25);
        Serve(directory, story.Entries[RecordHistory.PageSize..], last: 25, after: RecordHistory.PageSize);

        Assert.Equal(25, Assert.IsType<HistoryResult.Found>(await ReadAsync(directory)).Records.Count);
    }

    [Fact]
    public async Task A_plain_directory_keeps_none()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Forget("GET /directory");
        Assert.IsType<HistoryResult.Plain>(await ReadAsync(directory));
    }

    [Fact]
    public async Task A_name_that_never_was_has_none()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Assert.IsType<HistoryResult.NotFound>(await ReadAsync(directory));
    }

    [Fact]
    public async Task Refuses_that_the_history_of_somebody_seen_is_gone()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        directory.Serve(directory.Record());
        await client.LookUpAsync(Bob, default);
        await RefusesAsync(directory, "it is gone");
    }

    [Fact]
    public async Task Refuses_a_gap_a_fork_and_another_users_record()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var entries = new Story(directory).Register(OwnerOf.First).Change(OwnerOf.Second).Change(OwnerOf.First).Entries;
        var fork = new Story(directory).Register(OwnerOf.Third).Change(OwnerOf.Second).Entries;
        var foreign = new Story(directory, "carol").Register(OwnerOf.First).Entries;

        Serve(directory, [entries[0], entries[2]], last: 3);
        await RefusesAsync(directory, "record 2 is missing");
        Serve(directory, [entries[1], entries[2]], last: 3);
        await RefusesAsync(directory, "record 1 is missing");
        Serve(directory, [entries[0], fork[1], entries[2]]);
        await RefusesAsync(directory, "record 2 does not follow");
        Serve(directory, foreign);
        await RefusesAsync(directory, "record 1 is another user's");
    }

    [Fact]
    public async Task Refuses_a_change_that_the_owners_did_not_sign()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var entries = new Story(directory).Register(OwnerOf.First).Change(OwnerOf.Second).Entries;
        foreach (var forged in new[]
        {
            entries[1] with { SignatureOld = null }, entries[1] with { SignatureNew = null }, entries[1] with { SignatureOld = entries[1].SignatureNew },
            entries[1] with { SignatureNew = entries[1].SignatureOld }, entries[1] with { SignatureOld = [] },
        })
        {
            Serve(directory, [entries[0], forged]);
            await RefusesAsync(directory, "record 2 is not signed by the owner");
        }
    }

    [Fact]
    public async Task Refuses_a_wrong_signature_where_none_was_needed()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var entries = new Story(directory).Register(OwnerOf.First).Revoke().Entries;
        Serve(directory, [entries[0], entries[1] with { SignatureOld = [1, 2, 3] }]);
        await RefusesAsync(directory, "record 2 is not signed by the owner");
        Serve(directory, [entries[0] with { SignatureOld = [1, 2, 3] }]);
        await RefusesAsync(directory, "record 1 is not signed by the owner");
    }

    [Theory]
    [InlineData(RecordOrigin.Registration)]
    [InlineData(RecordOrigin.Recovery)]
    [InlineData(RecordOrigin.Revocation)]
    [InlineData(RecordOrigin.Deletion)]
    public async Task Refuses_an_origin_that_cannot_be(RecordOrigin origin)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var entries = new Story(directory).Register(OwnerOf.First).Change(OwnerOf.Second).Entries;
        Serve(directory, [entries[0], entries[1] with { Origin = origin }]);
        // What a recovery has come to be by needs no signature, and may have none.
        Assert.IsType<HistoryResult.Untrusted>(await ReadAsync(directory));
    }

    [Fact]
    public async Task Refuses_what_follows_a_deletion()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Serve(directory, new Story(directory).Register(OwnerOf.First).Delete().Recover(OwnerOf.Second).Entries);
        await RefusesAsync(directory, "record 3 cannot have come to be");
    }

    [Fact]
    public async Task Refuses_a_history_that_does_not_hold_the_record_seen()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        Serve(directory, new Story(directory).Register(OwnerOf.First).Change(OwnerOf.Second).Entries);
        Assert.IsType<HistoryResult.Found>(await ReadAsync(directory));
        Serve(directory, new Story(directory).Register(OwnerOf.First).Change(OwnerOf.Third).Change(OwnerOf.Second).Entries);
        await RefusesAsync(directory, "record 2 is not in it as it was seen before");
        Serve(directory, new Story(directory).Register(OwnerOf.First).Entries);
        await RefusesAsync(directory, "record 2 is not in it as it was seen before");
    }

    [Fact]
    public async Task Refuses_a_page_that_is_old_or_not_the_directorys()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var entries = new Story(directory).Register(OwnerOf.First).Entries;
        var response = Page(entries, 1).ToJson();
        using var other = FreshPrivateKey.Generate();
        directory.Answer("GET /users/bob/history?after=0", 200, RecordHistory.Write(response, Freshness.Sign(other, ProvingDirectory.Id, response, directory.Clock.GetUtcNow(), TimeSpan.FromHours(1))));
        await RefusesAsync(directory, "not the directory's own");
        directory.Answer("GET /users/bob/history?after=0", 200, RecordHistory.Write(response, directory.FreshOf("{}"u8)));
        await RefusesAsync(directory, "not about it");
        Serve(directory, entries);
        directory.Clock.Advance(TimeSpan.FromHours(25));
        await RefusesAsync(directory, "was good until");
    }

    [Fact]
    public async Task Refuses_pages_that_never_come_to_an_end()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var entries = new Story(directory).Register(OwnerOf.First).Entries;
        Serve(directory, entries, last: long.MaxValue);
        await RefusesAsync(directory, "how many records");
        Serve(directory, [], last: 2);
        await RefusesAsync(directory, "how many records");
        Serve(directory, entries, last: 0);
        await RefusesAsync(directory, "how many records");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"response\":{},\"fresh\":{}}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Refuses_a_page_that_is_none(string body)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /users/bob/history?after=0", 200, Encoding.UTF8.GetBytes(body));
        await RefusesAsync(directory, "malformed");
    }

    [Theory]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":1,\"dir\":null,\"user\":null,\"last\":null,\"entries\":null}")]
    [InlineData("[]")]
    public async Task Refuses_a_page_that_is_none_though_the_directory_vouches_for_it(string response)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(response);
        directory.Answer("GET /users/bob/history?after=0", 200, RecordHistory.Write(bytes, directory.FreshOf(bytes)));
        await RefusesAsync(directory, "malformed");
    }

    private static RecordHistory Page(HistoryEntry[] entries, long last) => new(ProvingDirectory.Id, Bob, last, entries);

    private static void Serve(ProvingDirectory directory, HistoryEntry[] entries, long? last = null, int after = 0)
    {
        var response = Page(entries, last ?? entries.Length).ToJson();
        directory.Answer($"GET /users/bob/history?after={after}", 200, RecordHistory.Write(response, directory.FreshOf(response)));
    }

    private static async Task<HistoryResult> ReadAsync(ProvingDirectory directory)
    {
        using var client = directory.Client();
        return await client.HistoryAsync(Bob, CancellationToken.None);
    }

    private static async Task RefusesAsync(ProvingDirectory directory, string because) =>
        Assert.Contains(because, Assert.IsType<HistoryResult.Untrusted>(await ReadAsync(directory)).Detail, StringComparison.Ordinal);

    /// <summary>Records that follow one another, signed by their owners.</summary>
    private sealed class Story(ProvingDirectory directory, string user = "bob")
    {
        private readonly List<HistoryEntry> _entries = [];
        private OwnerOf _owner = null!;

        public DirectoryRecord Last { get; private set; } = null!;

        public HistoryEntry[] Entries => [.. _entries];

        private Username User => Username.Parse(user);

        public Story Register(OwnerOf owner)
        {
            _owner = owner;
            return Add(owner.Of(directory.Record(user)), RecordOrigin.Registration, null, null);
        }

        public Story Change(OwnerOf next)
        {
            var statement = Statements.Change(ProvingDirectory.Id, User, Last.Rev + 1, Last.Hash(), next.Digests);
            var before = _owner;
            _owner = next;
            return Add(next.Of(Next()), RecordOrigin.Change, before.Sign.SignPss(statement), next.Sign.SignPss(statement));
        }

        public Story Revoke() => Add(
            directory.Gone(RecordStatus.Revoked, user, Last.Rev + 1, Last.Hash()), RecordOrigin.Revocation,
            _owner.Sign.SignPss(Statements.Revoke(ProvingDirectory.Id, User, _owner.Digests.Sign)), null);

        public Story Recover(OwnerOf next)
        {
            _owner = next;
            return Add(next.Of(Next()), RecordOrigin.Recovery, null, null);
        }

        public Story Delete() => Add(
            directory.Gone(RecordStatus.Deleted, user, Last.Rev + 1, Last.Hash()), RecordOrigin.Deletion,
            _owner.Sign.SignPss(Statements.Delete(ProvingDirectory.Id, User, Last.Rev + 1, Last.Hash())), null);

        private DirectoryRecord Next() => directory.Record(user, Last.Rev + 1, Last.Hash());

        private Story Add(DirectoryRecord record, RecordOrigin origin, byte[]? old, byte[]? @new)
        {
            Last = record;
            _entries.Add(new HistoryEntry(record.ToJson(), origin, old, @new));
            return this;
        }
    }
}
