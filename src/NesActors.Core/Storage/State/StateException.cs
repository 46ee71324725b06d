namespace NesActors.Core.Storage.State;

/// <summary>An identity's durable memory cannot be used; the message says why, and what mends it.</summary>
public sealed class StateException(string message, Exception? inner = null) : Exception(message, inner);
