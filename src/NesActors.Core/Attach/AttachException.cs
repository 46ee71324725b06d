namespace NesActors.Core.Attach;

/// <summary>The process that runs the session cannot be attached to; the message says why, and what to do.</summary>
public sealed class AttachException(string message) : Exception(message);
