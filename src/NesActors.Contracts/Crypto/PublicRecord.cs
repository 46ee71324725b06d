namespace NesActors.Contracts.Crypto;

/// <summary>What a key directory holds of a user: named texts, some of them public keys. Each suite reads the entries it knows and ignores the rest.</summary>
/// <param name="User">Whose record it is: the name that was asked for.</param>
/// <param name="Entries">The entries, case-sensitive names to values. At most a few dozen KiB in all; the host sees to that.</param>
public sealed record PublicRecord(Username User, IReadOnlyDictionary<string, string> Entries)
{
    /// <summary>Entry with the RSA key that messages to the user are encrypted with: SPKI in PEM.</summary>
    public const string MessageKey = "public_key_message";

    /// <summary>Entry with the RSA key that verifies what the user signs: SPKI in PEM.</summary>
    public const string SignKey = "public_key_sign";
}
