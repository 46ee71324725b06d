namespace NesActors.Directory.Storage;

/// <summary>The database is busy, down or broken: nothing can be said of a user. Answered with 503, and never with 404.</summary>
internal sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
