using System.Globalization;

namespace NesActors.Benchmarks.Rest;

/// <summary>What the REST gateway can do: "streams [READERS [RATE [SECONDS]]]", "idle [READERS]", "send [CONNECTIONS [SECONDS]]".</summary>
internal static class RestBenchmarks
{
    /// <param name="args">Which, and how much.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["streams", ..]: return await StreamRate.RunAsync(Number(args, 1, 200), Number(args, 2, 1000), Number(args, 3, 10));
            case ["idle", ..]: return await IdleStreams.RunAsync(Number(args, 1, 1000));
            case ["send", ..]: return await SendRate.RunAsync(Number(args, 1, 64), Number(args, 2, 10));
            case ["publish", ..]: return await StreamPublishers.RunAsync(Number(args, 1, 0), Number(args, 2, 0));
            case ["read", ..]: return await StreamReaders.RunAsync(Number(args, 1, 0), Number(args, 2, 0), Number(args, 3, 0), Number(args, 4, 0), Number(args, 5, 0));
            case ["hold", ..]: return await IdleStreams.HoldAsync(Number(args, 1, 0), Number(args, 2, 0));
        }
        await Console.Error.WriteLineAsync("rest streams [READERS [RATE [SECONDS]]], rest idle [READERS], rest send [CONNECTIONS [SECONDS]]");
        return 1;
    }

    private static int Number(string[] args, int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
}
