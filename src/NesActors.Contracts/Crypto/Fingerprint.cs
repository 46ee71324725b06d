namespace NesActors.Contracts.Crypto;

/// <summary>A short value that stands for somebody's public keys: it changes when they do, and only then.</summary>
/// <param name="Value">SHA-256 over what identifies the person in the suite, as 64 lower-case hexadecimal digits.</param>
public readonly record struct Fingerprint(string Value)
{
    /// <summary>In groups of four digits, to be read aloud.</summary>
    public string ToGroups() => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
