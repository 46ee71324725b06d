namespace NesActors.Records;

/// <summary>All changes of a directory's RSA key, as the directory keeps them.</summary>
/// <param name="Directory">The directory's id: the hash of its first RSA key.</param>
/// <param name="Rotations">The bytes of each <see cref="KeyRotation"/>, oldest first, each signed by the key before.</param>
public sealed record RotationChain(Digest Directory, IReadOnlyList<SignedBytes> Rotations)
{
    /// <summary>The chain with one change more.</summary>
    public RotationChain Add(SignedBytes rotation) => this with { Rotations = [.. Rotations, rotation] };

    /// <summary>The chain as a file.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("dir", Directory.Hex);
        DirectoryAnswer.WriteRotations(json, Rotations);
        json.WriteEndObject();
    });

    /// <returns>Null where the bytes are none of this kind, or the changes do not follow each other. Signatures are not looked at.</returns>
    public static RotationChain? TryRead(ReadOnlyMemory<byte> file) => StrictJson.TryRead(file, root =>
    {
        var chain = new RotationChain(RecordJson.Digest(root, "dir"), DirectoryAnswer.ReadRotations(root));
        return chain.IsWhole() ? chain : null;
    });

    /// <summary>The newest change; null where there was none.</summary>
    public KeyRotation? Newest() => Rotations.Count == 0 ? null : KeyRotation.TryRead(Rotations[^1].Response);

    private bool IsWhole()
    {
        var before = Directory;
        for (var i = 0; i < Rotations.Count; i++)
        {
            if (KeyRotation.TryRead(Rotations[i].Response) is not { } rotation) return false;
            if (rotation.Directory != Directory || rotation.Rev != i + 1 || rotation.From != before || !rotation.TryHashKey(out before)) return false;
        }
        return true;
    }
}
