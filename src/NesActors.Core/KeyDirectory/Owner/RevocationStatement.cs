using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>
/// A user's word that a sign key counts no more, made while the key is there and kept for the day when it is not. Whoever has it can revoke the key, and do
/// nothing else with it.
/// </summary>
/// <param name="User">Whose key it is.</param>
/// <param name="Directory">The directory's id.</param>
/// <param name="Address">Where the directory was, for a person.</param>
/// <param name="SignKey">The hash of the sign key.</param>
/// <param name="Signature">By that key, over <see cref="Statements.Revoke"/>.</param>
public sealed record RevocationStatement(Username User, Digest Directory, string Address, Digest SignKey, byte[] Signature)
{
    private const string Purpose = "revokes the keys of this user at this directory: keep it where your keys are not";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes one.</summary>
    public static RevocationStatement Make(Username user, Digest directory, Uri address, RsaPrivateKey signKey)
    {
        ArgumentNullException.ThrowIfNull(signKey);
        ArgumentNullException.ThrowIfNull(address);
        var key = Digest.Of(signKey.PublicKey);
        return new RevocationStatement(user, directory, address.AbsoluteUri, key, signKey.SignPss(Statements.Revoke(directory, user, key)));
    }

    /// <summary>The file's content: JSON that tells a person what it is.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new { purpose = Purpose, user = User.Value, dir = Directory.Hex, address = Address, sign_key = SignKey.Hex, signature = Base64Url.EncodeToString(Signature) }, Indented);

    /// <summary>Reads a file's content.</summary>
    /// <returns>Null where it is none.</returns>
    public static RevocationStatement? TryRead(byte[] json) => StrictJson.TryRead(json, root =>
    {
        if (!Username.TryParse(root.GetProperty("user").GetString(), out var user)
            || !Digest.TryParse(root.GetProperty("dir").GetString(), out var directory)
            || !Digest.TryParse(root.GetProperty("sign_key").GetString(), out var signKey)) return null;
        var text = root.GetProperty("signature").GetString()!;
        var signature = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, signature, out var read, out var written) == OperationStatus.Done && read == text.Length
            ? new RevocationStatement(user, directory, root.GetProperty("address").GetString()!, signKey, signature[..written])
            : null;
    });

    /// <summary>Without the signature, which is what makes it work.</summary>
    public override string ToString() => $"{nameof(RevocationStatement)} of {User}";
}
