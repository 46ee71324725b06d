using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NesActors.Contracts;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Support;

/// <summary>Somebody with the keys of one of the vectors' users, who writes the requests of an owner.</summary>
/// <param name="Directory">The directory's id.</param>
/// <param name="KeysOf">Whose keys.</param>
internal sealed record TestOwner(Digest Directory, string KeysOf)
{
    private static readonly ConcurrentDictionary<string, RsaPrivateKey> SignKeys = new();

    public string MessageKey => TestKeys.Message(KeysOf);

    public string SignKey => TestKeys.Sign(KeysOf);

    public KeyDigests Digests
    {
        get
        {
            using var message = RsaPublicKey.FromPem(MessageKey);
            using var sign = RsaPublicKey.FromPem(SignKey);
            return KeyDigests.Of(message, sign);
        }
    }

    public string Sign(byte[] statement) => Base64Url.EncodeToString(SignKeys.GetOrAdd(KeysOf, TestKeys.PrivateSign).SignPss(statement));

    public JsonObject Registration(string user, string email = "somebody@example.org") => new()
    {
        ["username"] = user,
        ["email"] = email,
        ["public_key_message"] = MessageKey,
        ["public_key_sign"] = SignKey,
        ["signature"] = Sign(Statements.Register(Directory, Username.Parse(user), email, Digests)),
    };

    /// <summary>Asks for the keys of another to follow a record.</summary>
    public JsonObject Change(DirectoryRecord present, TestOwner next)
    {
        var statement = Statements.Change(Directory, present.User, present.Rev + 1, present.Hash(), next.Digests);
        return new JsonObject
        {
            ["public_key_message"] = next.MessageKey,
            ["public_key_sign"] = next.SignKey,
            ["rev"] = present.Rev + 1,
            ["prev"] = present.Hash().Hex,
            ["signature_old"] = Sign(statement),
            ["signature_new"] = next.Sign(statement),
        };
    }

    public JsonObject Revocation(string user) => new() { ["signature"] = Sign(Statements.Revoke(Directory, Username.Parse(user), Digests.Sign)) };

    public JsonObject Deletion(DirectoryRecord present) => new()
    {
        ["rev"] = present.Rev + 1,
        ["prev"] = present.Hash().Hex,
        ["signature"] = Sign(Statements.Delete(Directory, present.User, present.Rev + 1, present.Hash())),
    };

    /// <summary>Publishes what the owner says for a suite; null takes it away.</summary>
    public JsonObject Publication(DirectoryRecord present, string suite, string? text, long revision)
    {
        var request = new JsonObject { ["suite"] = suite, ["revision"] = revision, ["record"] = present.Hash().Hex };
        if (text is not null) request["text"] = text;
        request["signature"] = Sign(Statements.Publish(Directory, present.User, present.Hash(), suite, revision, text));
        return request;
    }

    public JsonObject Recovery(string user) => new()
    {
        ["public_key_message"] = MessageKey,
        ["public_key_sign"] = SignKey,
        ["signature"] = Sign(Statements.Recover(Directory, Username.Parse(user), Digests)),
    };

    /// <summary>Stops the recovery by which another wants to take the name.</summary>
    public JsonObject Veto(string user, TestOwner other) => new() { ["signature"] = Sign(Statements.Veto(Directory, Username.Parse(user), other.Digests)) };
}
