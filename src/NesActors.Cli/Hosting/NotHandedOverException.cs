namespace NesActors.Cli.Hosting;

/// <summary>A command that another process handed over cannot be run here: that process has to do it itself, and tells what is wrong.</summary>
internal sealed class NotHandedOverException : Exception;
