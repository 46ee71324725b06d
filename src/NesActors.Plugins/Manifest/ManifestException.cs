namespace NesActors.Plugins.Manifest;

/// <summary>A <c>plugin.json</c> is not in order; the message goes on after "plugin.json: ".</summary>
internal sealed class ManifestException(string message) : Exception(message);
