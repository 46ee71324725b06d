namespace NesActors.Contracts.Crypto;

/// <summary>Where one user's keys lie, as named entries of bytes. The host decides what that is: files of mode 0600, or memory in a test.</summary>
public interface IKeyStore
{
    /// <summary>Reads an entry.</summary>
    /// <param name="name">The suite's name for it, <c>rsa-sign</c> for instance: lower case letters, digits, dots and dashes.</param>
    /// <returns>A copy that the caller should overwrite after use; <see langword="null"/> where there is no such entry.</returns>
    /// <exception cref="KeyException">The entry is there and may not be read: its mode is too open, or it is not readable.</exception>
    byte[]? Read(string name);

    /// <summary>Writes or replaces an entry, whole or not at all.</summary>
    /// <param name="name">The suite's name for the entry.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="isSecret">Whether only the owner may read it; <see langword="false"/> for a public half.</param>
    void Write(string name, ReadOnlySpan<byte> content, bool isSecret);

    /// <summary>Removes an entry for good. No error where there is none.</summary>
    void Erase(string name);
}
