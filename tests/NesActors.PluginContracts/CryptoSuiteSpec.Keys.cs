#pragma warning disable CS1591 // A test's name is its documentation.
using CsCheck;
using NesActors.Contracts.Crypto;
using NesActors.PluginContracts.Crypto;

namespace NesActors.PluginContracts;

/// <content>Keys: made, kept, read, renewed.</content>
public abstract partial class CryptoSuiteSpec
{
    [Fact]
    public void The_name_of_the_suite_fits_settings() => Assert.Matches("^[a-z0-9-]+$", CreateSuite().Id);

    [Fact]
    public void Keys_are_written_under_names_that_fit_files_and_what_is_secret_is_marked_so()
    {
        var keys = KeysOf(CreateSuite(), Alice);

        Assert.All(keys.Names, name => Assert.Matches("^[a-z0-9.-]+$", name));
        Assert.NotEmpty(keys.SecretNames);
    }

    [Fact]
    public void Keys_are_in_entries_that_the_suite_names_so_that_they_get_into_backups()
    {
        var suite = CreateSuite();
        if (suite.KeyEntries.Count == 0) return; // It keeps nothing that a backup could use.
        var store = KeysOf(suite, Alice).Copy();
        using var identity = suite.LoadIdentity(Alice, store, Clock);
        _ = identity.PublicRecord;

        Assert.All(store.Names, name => Assert.Contains(name, suite.KeyEntries));
    }

    [Fact]
    public void Keys_that_were_loaded_twice_are_the_same()
    {
        using var pair = new Pair(this);
        var store = KeysOf(pair.Suite, Bob).Copy();
        using var first = pair.Suite.LoadIdentity(Bob, store, Clock);
        using var second = pair.Suite.LoadIdentity(Bob, store, Clock);
        using var peer = pair.Suite.ReadPeer(first.PublicRecord);

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        MustOpen(second, pair.Alice.Seal(NewMessage("hello"), peer));
    }

    [Fact]
    public void Others_see_the_fingerprint_that_the_user_sees()
    {
        using var pair = new Pair(this);

        Assert.Equal(pair.Alice.Fingerprint, pair.AliceAsPeer.Fingerprint);
        Assert.Matches("^[0-9a-f]{64}$", pair.Alice.Fingerprint.Value);
    }

    [Fact]
    public void New_keys_replace_the_old_ones_and_have_another_fingerprint()
    {
        var suite = CreateSuite();
        var store = KeysOf(suite, Alice).Copy();
        using var before = suite.LoadIdentity(Alice, store, Clock);

        suite.GenerateKeys(Alice, store, KeyOptions, CancellationToken.None);
        using var after = suite.LoadIdentity(Alice, store, Clock);

        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
    }

    [Fact]
    public void Progress_is_told_before_keys_are_made()
    {
        var progress = new ProgressList();

        CreateSuite().GenerateKeys(Alice, new SpecKeyStore(), KeyOptions with { Progress = progress }, CancellationToken.None);

        Assert.NotEmpty(progress.Lines);
    }

    [Fact]
    public void Nothing_is_written_when_the_making_of_keys_is_cancelled()
    {
        var store = new SpecKeyStore();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => CreateSuite().GenerateKeys(Alice, store, KeyOptions, cancellation.Token));
        Assert.Empty(store.Names);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void A_size_that_no_suite_can_make_is_refused_or_means_nothing(int size)
    {
        var store = new SpecKeyStore();
        try
        {
            CreateSuite().GenerateKeys(Alice, store, new KeyGenerationOptions(size), CancellationToken.None);
        }
        catch (ArgumentOutOfRangeException)
        {
            Assert.Empty(store.Names);
        }
    }

    [Fact]
    public void No_keys_are_an_error_that_says_so() =>
        Assert.Throws<KeyException>(() => CreateSuite().LoadIdentity(Alice, new SpecKeyStore(), Clock));

    [Fact]
    public void A_damaged_key_is_an_error_that_says_so()
    {
        var suite = CreateSuite();
        var keys = KeysOf(suite, Alice);
        foreach (var name in keys.SecretNames)
        {
            var content = keys.Read(name)!;
            foreach (var damaged in (byte[][])[[], [0], "garbage"u8.ToArray(), content[..(content.Length / 2)], Flip(content, content.Length * 4)])
                Accept<KeyException>(() => suite.LoadIdentity(Alice, keys.CopyWith(name, damaged), Clock).Dispose());
        }
    }

    [Fact]
    public void A_record_without_keys_is_an_error_that_says_so()
    {
        var empty = new PublicRecord(Alice, new Dictionary<string, string>());

        Assert.Throws<KeyException>(() => CreateSuite().ReadPeer(empty));
    }

    [Fact]
    public void A_hostile_record_gives_a_key_error_and_nothing_else()
    {
        using var pair = new Pair(this);
        var record = pair.Alice.PublicRecord;
        var garbage = Gen.OneOf(Gen.String, Gen.Const(""), Gen.Const(new string('A', 30_000)), Gen.OneOf([.. record.Entries.Values]));
        Gen.Select(Gen.OneOf([.. record.Entries.Keys]), garbage, Gen.Int[0, 500]).Sample(
            (name, text, cut) =>
            {
                var value = record.Entries[name];
                foreach (var bad in (string[])[text, value[..Math.Min(cut, value.Length)], value.Insert(Math.Min(cut, value.Length), "A"), value + text])
                    Accept<KeyException>(() => pair.Suite.ReadPeer(new PublicRecord(Alice, new Dictionary<string, string>(record.Entries) { [name] = bad })).Dispose());
            },
            iter: RandomInputs);
    }

    [Fact]
    public void Entries_of_other_suites_are_passed_over()
    {
        using var pair = new Pair(this);
        var entries = new Dictionary<string, string>(pair.Alice.PublicRecord.Entries) { ["spec_key_of_a_suite_to_come"] = "\0 whatever" };
        using var peer = pair.Suite.ReadPeer(new PublicRecord(Alice, entries));

        Assert.Equal(pair.Alice.Fingerprint, peer.Fingerprint);
    }

    [Fact]
    public void Keys_that_expire_must_be_asked_for_again()
    {
        using var pair = new Pair(this);
        if (pair.BobAsPeer.UsableUntil is not { } until) return; // These hold until they are replaced.
        Assert.True(until > Clock.GetUtcNow(), "New keys have expired already.");
        Clock.Set(until.AddSeconds(1));

        Assert.Throws<KeyException>(() => pair.Alice.Seal(NewMessage("late"), pair.BobAsPeer));
        using var renewed = pair.Suite.ReadPeer(pair.Bob.PublicRecord);

        Assert.Equal(pair.BobAsPeer.Fingerprint, renewed.Fingerprint);
        MustOpen(pair.Bob, pair.Alice.Seal(NewMessage("in time"), renewed));
    }

    [Fact]
    public void What_is_secret_does_not_show_in_what_is_printed()
    {
        using var pair = new Pair(this);
        const string Text = "the-password-of-the-day";
        var result = pair.Bob.Open(pair.Alice.Seal(NewMessage(Text), pair.BobAsPeer));
        var printed = string.Join('\n', pair.Alice, pair.BobAsPeer, pair.Suite, result, result.Frame, result.Frame?.Verify(pair.AliceAsPeer));

        Assert.DoesNotContain(Text, printed, StringComparison.Ordinal);
        var keys = KeysOf(pair.Suite, Alice);
        foreach (var part in keys.SecretNames.SelectMany(name => Windows(keys.Read(name)!)))
            Assert.DoesNotContain(part, printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_twice_does_no_harm()
    {
        using var pair = new Pair(this);
        var (identity, peer) = (pair.Alice, pair.AliceAsPeer);

        identity.Dispose();
        peer.Dispose();
    }

    private static void Accept<TException>(Action action) where TException : Exception
    {
        var thrown = Record.Exception(action);
        if (thrown is not null) Assert.IsType<TException>(thrown);
    }

    // Pieces of a secret as somebody might print it: as it is, in hexadecimal, in base64.
    private static IEnumerable<string> Windows(byte[] secret) =>
        secret.Chunk(24).Where(chunk => chunk.Length == 24).SelectMany(chunk => (string[])
        [
            System.Text.Encoding.Latin1.GetString(chunk), Convert.ToHexString(chunk), Convert.ToHexStringLower(chunk), Convert.ToBase64String(chunk),
        ]);

    private sealed class ProgressList : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value) => Lines.Add(value);
    }
}
