using System.Globalization;
using NesActors.Testing;

namespace NesActors.Benchmarks.Delivery;

/// <summary>How long it takes until identities that send one another messages at once, through a mosquitto with its default settings, have all of them confirmed.</summary>
internal static class ExchangeRate
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="args">How many identities, and how many messages each sends.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (identities, messages) = args is [var first, var second, ..]
            ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(second, CultureInfo.InvariantCulture))
            : (10, 2000);
        var folder = System.IO.Directory.CreateTempSubdirectory("nes-exchange-");
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            await using var broker = await MosquittoServer.StartAsync();
            var time = await Exchange.RunAsync(broker.Address, folder.FullName, identities, messages, limit.Token);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{identities} identities, {messages} messages each: once, in order and delivered in {time.TotalSeconds:F1} s ({identities * messages / time.TotalSeconds:F0}/s)"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
