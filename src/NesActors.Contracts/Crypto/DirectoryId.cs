namespace NesActors.Contracts.Crypto;

/// <summary>Stands for a key directory that proves its records (docs/directory-protocol.md): it stays when the directory changes its key, its address or its machine.</summary>
/// <param name="Value">SHA-256 of the first key that the directory ever had, as 64 lower-case hexadecimal digits.</param>
public readonly record struct DirectoryId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
