namespace NesActors.Contracts.Crypto;

/// <summary>A key cannot be used. The message says which and why, to a person, and holds nothing of a secret.</summary>
public sealed class KeyException : Exception
{
    /// <summary>Says what is wrong with the key.</summary>
    public KeyException(string message) : base(message) { }

    /// <summary>Says what is wrong with the key, with the error that told it.</summary>
    public KeyException(string message, Exception inner) : base(message, inner) { }
}
