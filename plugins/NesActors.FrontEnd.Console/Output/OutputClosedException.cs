namespace NesActors.FrontEnd.Console.Output;

/// <summary>The reader of the output has gone: a closed pipe.</summary>
internal sealed class OutputClosedException(Exception inner) : Exception("The output is closed.", inner);
