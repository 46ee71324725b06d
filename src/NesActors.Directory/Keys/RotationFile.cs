using NesActors.Records;

namespace NesActors.Directory.Keys;

/// <summary>The changes of a data folder's RSA key. There is no such file before the first.</summary>
internal static class RotationFile
{
    public const string Name = "directory.rotations.json";

    /// <returns>Null where the key was never changed.</returns>
    /// <exception cref="DirectoryException">The file is damaged.</exception>
    public static RotationChain? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        return RotationChain.TryRead(File.ReadAllBytes(path))
            ?? throw new DirectoryException($"{path} does not hold the changes of a directory's key. Take it from a backup: without it, clients cannot follow to the present key.");
    }

    public static void Write(string folder, RotationChain chain) => KeyFiles.Replace(Path.Combine(folder, Name), chain.ToJson());
}
