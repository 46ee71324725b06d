namespace NesActors.Directory;

/// <summary>The directory cannot start, or its key cannot be made. The message tells a person what to do.</summary>
public sealed class DirectoryException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public DirectoryException(string message) : base(message) { }

    /// <summary>Says what is wrong, with the error that told it.</summary>
    public DirectoryException(string message, Exception inner) : base(message, inner) { }
}
