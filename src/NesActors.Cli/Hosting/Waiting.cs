namespace NesActors.Cli.Hosting;

/// <summary>For commands that run until they are told to end.</summary>
internal static class Waiting
{
    /// <summary>Ends when the token is cancelled, without an error.</summary>
    public static async Task UntilCancelledAsync(CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
