namespace NesActors.Contracts.Crypto;

/// <summary>What a key directory holds of a user: named texts, some of them public keys. Each suite reads the entries it knows and ignores the rest.</summary>
/// <param name="User">Whose record it is: the name that was asked for.</param>
/// <param name="Entries">The entries, case-sensitive names to values. At most a few dozen KiB in all; the host sees to that.</param>
public sealed record PublicRecord(Username User, IReadOnlyDictionary<string, string> Entries)
{
    /// <summary>
    /// The directory that proved the record. <see langword="null"/>: it has no id, as a folder of files and the original's server have none, or the record came from none.
    /// </summary>
    public DirectoryId? Directory { get; init; }

    /// <summary>Entry with the RSA key that messages to the user are encrypted with: SPKI in PEM.</summary>
    public const string MessageKey = "public_key_message";

    /// <summary>Entry with the RSA key that verifies what the user signs: SPKI in PEM.</summary>
    public const string SignKey = "public_key_sign";

    /// <summary>
    /// The entry with what a user says for one suite, signed: <c>statement_nes2</c>, for instance. Its form is the suite's, a text of printable ASCII. A suite that keeps it in the entry
    /// <c>statement-nes2.pub</c> of its key store has it carried wherever public halves are copied as files.
    /// </summary>
    /// <param name="suite">The suite's <see cref="ICryptoSuite.Id"/>.</param>
    public static string StatementOf(string suite) => "statement_" + suite;
}
