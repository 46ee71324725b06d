using System.Buffers.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Client;

/// <summary>What the owner of a name sends, and what is made of the answers.</summary>
public sealed class OwnerRequestTests : IAsyncLifetime
{
    private static readonly Username Bob = Username.Parse("bob");

    private ProvingDirectory _directory = null!;
    private HttpKeyDirectory _client = null!;

    public async Task InitializeAsync()
    {
        _directory = await ProvingDirectory.StartAsync();
        _client = _directory.Client();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Registers_with_a_proof_that_the_keys_are_the_senders()
    {
        _directory.Answer("POST /users", 201, "user created");
        Assert.IsType<RegistrationResult.Registered>(await RegisterAsync());
        AssertSigned("signature", OwnerOf.First.Sign, Statements.Register(ProvingDirectory.Id, Bob, "bob@example.org", OwnerOf.First.Digests));
    }

    [Fact]
    public async Task Registers_at_a_plain_directory_as_the_original_does()
    {
        _directory.Forget("GET /directory");
        _directory.Answer("POST /users", 201, "user created");
        Assert.IsType<RegistrationResult.Registered>(await RegisterAsync());
        Assert.Equal(["username", "email", "public_key_message", "public_key_sign"], JsonDocument.Parse(_directory.LastBody).RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Registers_nothing_at_a_directory_that_is_not_to_be_trusted()
    {
        _directory.Answer("GET /directory", 200, "{}");
        Assert.IsType<RegistrationResult.Untrusted>(await RegisterAsync());
        Assert.DoesNotContain("POST /users", _directory.Requests);
    }

    [Fact]
    public async Task Changes_the_keys_by_the_signatures_of_both()
    {
        var record = OwnerOf.First.Of(_directory.Record(rev: 3));
        _directory.Serve(record);
        var next = OwnerOf.Second.Of(_directory.Record(rev: 4, prev: record.Hash()));
        _directory.Answer("PUT /users/bob/keys", 200, _directory.BodyOf(next));

        var changed = Assert.IsType<OwnerResult.Changed>(await ChangeAsync());

        Assert.Equal((4, next.Hash()), (changed.Proof.Rev, changed.Proof.Hash));
        var statement = Statements.Change(ProvingDirectory.Id, Bob, 4, record.Hash(), OwnerOf.Second.Digests);
        AssertSigned("signature_old", OwnerOf.First.Sign, statement);
        AssertSigned("signature_new", OwnerOf.Second.Sign, statement);
        using var body = JsonDocument.Parse(_directory.LastBody);
        Assert.Equal((4, record.Hash().Hex), (body.RootElement.GetProperty("rev").GetInt64(), body.RootElement.GetProperty("prev").GetString()));
    }

    [Fact]
    public async Task Does_not_believe_that_the_keys_were_changed_where_the_answer_shows_others()
    {
        var record = OwnerOf.First.Of(_directory.Record(rev: 3));
        _directory.Serve(record);
        _directory.Answer("PUT /users/bob/keys", 200, _directory.BodyOf(OwnerOf.Third.Of(_directory.Record(rev: 4, prev: record.Hash()))));
        Assert.IsType<OwnerResult.Untrusted>(await ChangeAsync());
        _directory.Answer("PUT /users/bob/keys", 200, "{}");
        Assert.IsType<OwnerResult.Untrusted>(await ChangeAsync());
    }

    [Fact]
    public async Task Revokes_by_the_signature_that_was_kept_apart()
    {
        _directory.Answer("POST /users/bob/revoke", 200, "user revoked\n");
        var statement = Statements.Revoke(ProvingDirectory.Id, Bob, OwnerOf.First.Digests.Sign);
        Assert.Equal(new OwnerResult.Done("user revoked"), await _client.Owner(Bob).RevokeAsync(OwnerOf.First.Sign.SignPss(statement), default));
        AssertSigned("signature", OwnerOf.First.Sign, statement);
    }

    [Fact]
    public async Task Deletes_the_record_as_it_is()
    {
        var record = OwnerOf.First.Of(_directory.Record());
        _directory.Serve(record);
        _directory.Answer("DELETE /users/bob", 200, "user deleted");
        Assert.IsType<OwnerResult.Done>(await _client.Owner(Bob).DeleteAsync(OwnerOf.First.Sign, default));
        AssertSigned("signature", OwnerOf.First.Sign, Statements.Delete(ProvingDirectory.Id, Bob, 2, record.Hash()));
    }

    [Fact]
    public async Task Asks_for_a_recovery_by_the_new_key()
    {
        _directory.Answer("POST /users/bob/recovery", 202, "check email");
        Assert.Equal(new OwnerResult.Done("check email"), await _client.Owner(Bob).RequestRecoveryAsync(OwnerOf.Second.Keys, OwnerOf.Second.Sign, default));
        AssertSigned("signature", OwnerOf.Second.Sign, Statements.Recover(ProvingDirectory.Id, Bob, OwnerOf.Second.Digests));
    }

    [Fact]
    public async Task Reads_how_far_a_recovery_has_come_and_stops_it()
    {
        var (message, sign) = OwnerOf.Second.Digests;
        _directory.Answer("GET /users/bob/recovery", 200, $$"""{"user":"bob","state":"confirmed","after":1700000000000,"message_key":"{{message.Hex}}","sign_key":"{{sign.Hex}}"}""");
        var found = Assert.IsType<RecoveryResult.Found>(await _client.Owner(Bob).RecoveryAsync(default));
        Assert.Equal(new PendingRecovery(Bob, true, DateTimeOffset.FromUnixTimeMilliseconds(1700000000000), OwnerOf.Second.Digests), found.Recovery);

        _directory.Answer("POST /users/bob/recovery/veto", 200, "recovery cancelled");
        Assert.IsType<OwnerResult.Done>(await _client.Owner(Bob).VetoAsync(found.Recovery.Keys, OwnerOf.First.Sign, default));
        AssertSigned("signature", OwnerOf.First.Sign, Statements.Veto(ProvingDirectory.Id, Bob, OwnerOf.Second.Digests));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"user\":\"carol\",\"state\":\"requested\",\"message_key\":\"00\",\"sign_key\":\"00\"}")]
    [InlineData("{\"user\":\"bob\",\"state\":\"confirmed\",\"message_key\":null,\"sign_key\":null}")]
    public async Task Refuses_a_recovery_that_is_none(string body)
    {
        _directory.Answer("GET /users/bob/recovery", 200, body);
        Assert.IsType<RecoveryResult.Untrusted>(await _client.Owner(Bob).RecoveryAsync(default));
    }

    [Fact]
    public async Task Knows_that_there_is_no_recovery() => Assert.IsType<RecoveryResult.None>(await _client.Owner(Bob).RecoveryAsync(default));

    [Theory]
    [InlineData(403, "signature verification error", typeof(OwnerResult.Refused))]
    [InlineData(400, "decode key error", typeof(OwnerResult.Refused))]
    [InlineData(409, "record has changed", typeof(OwnerResult.Conflict))]
    [InlineData(404, "user not found", typeof(OwnerResult.NoSuchUser))]
    [InlineData(429, "", typeof(OwnerResult.Unavailable))]
    [InlineData(500, "", typeof(OwnerResult.Unavailable))]
    [InlineData(302, "", typeof(OwnerResult.Unavailable))]
    public async Task Tells_answers_apart(int status, string words, Type result)
    {
        _directory.Serve(OwnerOf.First.Of(_directory.Record()));
        foreach (var request in new[] { "PUT /users/bob/keys", "DELETE /users/bob", "POST /users/bob/revoke" }) _directory.Answer(request, status, words);
        Assert.IsType(result, await ChangeAsync());
        Assert.IsType(result, await _client.Owner(Bob).DeleteAsync(OwnerOf.First.Sign, default));
        Assert.IsType(result, await _client.Owner(Bob).RevokeAsync(new byte[256], default));
    }

    [Fact]
    public async Task Asks_a_plain_directory_for_none_of_this()
    {
        _directory.Forget("GET /directory");
        var owner = _client.Owner(Bob);
        Assert.IsType<OwnerResult.Plain>(await ChangeAsync());
        Assert.IsType<OwnerResult.Plain>(await owner.DeleteAsync(OwnerOf.First.Sign, default));
        Assert.IsType<OwnerResult.Plain>(await owner.RevokeAsync(new byte[256], default));
        Assert.IsType<OwnerResult.Plain>(await owner.RequestRecoveryAsync(OwnerOf.First.Keys, OwnerOf.First.Sign, default));
        Assert.IsType<OwnerResult.Plain>(await owner.VetoAsync(OwnerOf.First.Digests, OwnerOf.First.Sign, default));
        Assert.IsType<RecoveryResult.Plain>(await owner.RecoveryAsync(default));
        Assert.Equal(["GET /directory"], _directory.Requests);
    }

    [Fact]
    public async Task Changes_nothing_of_a_record_that_is_not_to_be_trusted()
    {
        _directory.Serve(_directory.Record("mallory"), under: "bob");
        Assert.IsType<OwnerResult.Untrusted>(await ChangeAsync());
        Assert.DoesNotContain("PUT /users/bob/keys", _directory.Requests);
    }

    [Fact]
    public void Reads_the_private_sign_key_and_overwrites_what_it_read()
    {
        var pem = OwnerOf.First.Sign.ExportPkcs1Pem();
        using var key = OwnerKeys.ReadSignKey(new OneKey(pem))!;
        Assert.Equal(OwnerOf.First.Sign.PublicKey.ToPem(), key.PublicKey.ToPem());
        Assert.All(pem, one => Assert.Equal(0, one));
        Assert.Null(OwnerKeys.ReadSignKey(new OneKey(null)));
        Assert.Throws<KeyException>(() => OwnerKeys.ReadSignKey(new OneKey("no key"u8.ToArray())));
    }

    private Task<RegistrationResult> RegisterAsync() => _client.RegisterAsync(Bob, "bob@example.org", OwnerOf.First.Keys, OwnerOf.First.Sign, default);

    private Task<OwnerResult> ChangeAsync() => _client.Owner(Bob).ChangeKeysAsync(OwnerOf.Second.Keys, OwnerOf.First.Sign, OwnerOf.Second.Sign, default);

    private void AssertSigned(string name, RsaPrivateKey key, byte[] statement)
    {
        using var body = JsonDocument.Parse(_directory.LastBody);
        Assert.True(key.PublicKey.VerifyPss(statement, Base64Url.DecodeFromChars(body.RootElement.GetProperty(name).GetString())));
    }

    private sealed class OneKey(byte[]? pem) : IKeyStore
    {
        public byte[]? Read(string name) => name == "rsa-sign" ? pem : null;

        public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => throw new NotSupportedException();

        public void Erase(string name) => throw new NotSupportedException();
    }
}
