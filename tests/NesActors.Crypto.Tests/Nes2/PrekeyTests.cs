using System.Buffers.Binary;
using System.Text;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Statements;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>Prekeys: made each week, usable for two, opened for 30 days more, then gone.</summary>
public sealed class PrekeyTests : IDisposable
{
    private readonly SpecClock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes2-prekeys-");
    private readonly Person _amy, _ben;

    public PrekeyTests()
    {
        _amy = new Person(VectorUser.Amy, _clock);
        _ben = new Person(VectorUser.Ben, _clock, new FileKeyStore(new FileKeyStoreOptions(VectorUser.Ben.Username, _folder.FullName)));
    }

    public void Dispose()
    {
        _amy.Dispose();
        _ben.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_record_stays_the_same_for_a_week_and_its_prekey_holds_for_two()
    {
        var first = _ben.Peer;
        Pass(6.9);
        Assert.Equal(first.Kid, _ben.Peer.Kid);
        Pass(0.2);
        var second = _ben.Peer;

        Assert.NotEqual(first.Kid, second.Kid);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal(TimeSpan.FromDays(14), first.UsableUntil - first.UsableFrom);
        Assert.True(RevisionOf(second) > RevisionOf(first));
    }

    [Fact]
    public void Nothing_is_sealed_to_a_prekey_that_has_expired_or_is_from_the_future()
    {
        var ben = _ben.Peer;
        var message = new Contracts.Message(_amy.User, _ben.User, _clock.GetUtcNow(), "hello");
        Pass(-2);
        Assert.Contains("future", Assert.Throws<KeyException>(() => _amy.Identity.Seal(message, ben)).Message, StringComparison.Ordinal);
        Pass(16);
        Assert.Contains("expired", Assert.Throws<KeyException>(() => _amy.Identity.Seal(message, ben)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_expired_sender_signed_still_verifies()
    {
        var amy = _amy.Peer;
        var frame = _amy.Seal("late", _ben);
        Pass(20);

        Assert.Equal("late", _ben.Identity.Open(frame).Frame?.Verify(amy)?.Text);
    }

    [Fact]
    public void A_frame_opens_until_its_prekey_is_erased_and_not_after()
    {
        var frame = _amy.Seal("under way", _ben);
        Pass(43.9);
        Assert.Equal("under way", _ben.Read(frame, _amy));
        Pass(0.2);
        Assert.Equal(DropReason.CannotOpen, _ben.Identity.Open(frame).Reason);
    }

    [Fact]
    public void An_erased_prekey_is_in_no_file_of_the_store()
    {
        _ = _ben.Statement;
        var seed = _ben.Prekeys.Single().Seed.ToArray();
        Assert.Contains(Files(), file => file.AsSpan().IndexOf(seed) >= 0);
        var open = new FileStream(Path.Combine(_folder.FullName, "ben-nes2-prekey-0"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        Pass(44.1);
        _ = _ben.Statement;

        Assert.DoesNotContain(Files(), file => file.AsSpan().IndexOf(seed) >= 0);
        // What the file held was overwritten before the name was taken away.
        using (open)
        {
            var left = new byte[open.Length];
            open.ReadExactly(left);
            Assert.All(left, value => Assert.Equal(0, value));
        }
        using var again = _ben.LoadAgain();
        Assert.DoesNotContain(_ben.Prekeys, prekey => prekey.Seed.SequenceEqual(seed));
    }

    [Fact]
    public void Of_many_weeks_no_more_prekeys_are_kept_than_can_still_be_needed()
    {
        for (var week = 0; week < 20; week++)
        {
            _ = _ben.Statement;
            Assert.InRange(_ben.Prekeys.Count, 1, 7);
            Pass(7);
        }
    }

    [Fact]
    public void A_clock_that_was_far_ahead_for_a_while_leaves_no_prekey_that_nobody_can_use()
    {
        var start = _clock.GetUtcNow();
        _ = _ben.Statement;
        for (var time = 0; time < 12; time++)
        {
            Pass(8);
            _ = _ben.Statement;
        }
        _clock.Set(start.AddDays(1));

        Assert.Equal("now", _ben.Read(_amy.Seal("now", _ben), _amy));
        Assert.InRange(_ben.Peer.UsableFrom, start, _clock.GetUtcNow());
    }

    [Fact]
    public void What_another_program_of_the_user_has_renewed_is_found()
    {
        _ = _ben.Statement;
        Pass(8);
        using var other = _ben.LoadAgain();
        var renewed = new Nes2Suite().ReadPeer(other.PublicRecord);

        var frame = _amy.Identity.Seal(new Contracts.Message(_amy.User, _ben.User, _clock.GetUtcNow(), "to the new one"), renewed);

        Assert.Equal("to the new one", _ben.Identity.Open(frame).Frame?.Verify(_amy.Peer)?.Text);
        Assert.Equal(other.PublicRecord.Entries["statement_nes2"], _ben.Statement);
    }

    [Fact]
    public void A_change_of_the_rsa_sign_key_makes_another_statement_and_another_fingerprint()
    {
        var before = _ben.Peer;
        foreach (var name in (string[])["rsa-sign", "rsa-sign.pub"]) _ben.Keys.Write(name, VectorUser.Cat.KeyStore().Read(name)!, isSecret: true);
        using var changed = _ben.LoadAgain();
        using var after = new Nes2Suite().ReadPeer(changed.PublicRecord);

        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
        Assert.Equal(before.Kid, ((Nes2Peer)after).Kid);
    }

    [Fact]
    public void Keys_that_can_only_be_read_load_and_open()
    {
        var frame = _amy.Seal("hello", _ben);
        using var loaded = new Nes2Suite().LoadIdentity(_ben.User, new ReadOnlyKeys(_ben.Keys), _clock);

        Assert.Equal("hello", loaded.Open(frame).Frame?.Verify(_amy.Peer)?.Text);
        Pass(8);
        Assert.Equal(_ben.User, loaded.PublicRecord.User);
        Pass(7);
        Assert.Throws<KeyException>(() => loaded.PublicRecord);
    }

    [Fact]
    public void A_prekey_and_a_statement_that_end_when_time_does_are_outlived_by_the_next()
    {
        _ = _ben.Statement;
        foreach (var (entry, at) in ((string, int)[])[("nes2-prekey-0", 9), (OwnStatement.Entry, -1)])
        {
            var bytes = _ben.Keys.Read(entry)!;
            if (at < 0) bytes = Encoding.ASCII.GetBytes(Ending(DateTimeOffset.MaxValue, Encoding.ASCII.GetString(bytes)));
            else BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
            _ben.Keys.Write(entry, bytes, isSecret: at >= 0);
        }
        Pass(8);

        using var again = _ben.LoadAgain();
        again.BindTo(new DirectoryId(new string('0', 64)));
        using var peer = new Nes2Suite().ReadPeer(again.PublicRecord);

        Assert.Equal(_clock.GetUtcNow().AddDays(14), peer.UsableUntil);
    }

    private static string Ending(DateTimeOffset expires, string text)
    {
        var read = Statement.TryRead(text)!;
        return Statement.ToText((read.Statement with { Prekey = read.Statement.Prekey with { Expires = expires } }).ToBytes(), read.Signature, read.CrossSignature);
    }

    private void Pass(double days) => _clock.Set(_clock.GetUtcNow().AddDays(days));

    private IEnumerable<byte[]> Files() => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => File.ReadAllBytes(file.FullName));

    private static long RevisionOf(Nes2Peer peer) => peer.Revision;

    private sealed class ReadOnlyKeys(IKeyStore keys) : IKeyStore
    {
        public byte[]? Read(string name) => keys.Read(name);

        public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => throw new KeyException("not here");

        public void Erase(string name) => throw new KeyException("not here");
    }
}
