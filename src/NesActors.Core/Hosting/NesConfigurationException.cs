namespace NesActors.Core.Hosting;

/// <summary>The HOCON settings cannot be used; the message says which one and why.</summary>
public sealed class NesConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
