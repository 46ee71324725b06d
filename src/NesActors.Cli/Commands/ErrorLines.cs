namespace NesActors.Cli.Commands;

/// <summary>Progress at once and in order; <see cref="Progress{T}"/> would tell it on another thread, after the work is done.</summary>
internal sealed class ErrorLines(TextWriter output) : IProgress<string>
{
    public void Report(string value) => output.WriteLine($"{value} ...");
}
