using System.Globalization;
using NesActors.Benchmarks.Suite;
using NesActors.Rsa.Engines;

namespace NesActors.Benchmarks.Limits;

/// <summary>Sets the rates of suite "nes1" beside those of bare RSA-2048, in turns of 50 ms on one core, so that both have the same weather.</summary>
internal static class RsaLimits
{
    private const int DefaultSeconds = 12;

    /// <param name="args">The number of seconds of processor time, if any.</param>
    public static int Run(string[] args)
    {
        if (!OperatingSystem.IsLinux() || RsaEngines.OpenSsl is not { } engine)
        {
            Console.Error.WriteLine("There is no OpenSSL 3 here to measure against.");
            return 1;
        }
        var seconds = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultSeconds;
        using var raw = new RawRsa();
        using var suite = new SuiteFixture(engine);
        var seal = (Limit: new Meter(raw.SignAndEncrypt), Suite: new Meter(() => suite.Seal()));
        var open = (Limit: new Meter(raw.DecryptAndVerify), Suite: new Meter(() => suite.OpenAndVerify()));
        Meter[] all = [seal.Limit, seal.Suite, open.Limit, open.Suite];

        Measure(all, rounds: 10); // so that all code is compiled and optimised
        foreach (var meter in all) meter.Forget();
        Measure(all, rounds: Math.Max(1, seconds * 1000 / 50 / all.Length));

        Print("seal: sign + encrypt", seal.Limit, seal.Suite);
        Print("open: decrypt + verify", open.Limit, open.Suite);
        return 0;
    }

    private static void Measure(Meter[] meters, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var meter in meters) meter.RunSlice();
        }
    }

    private static void Print(string name, Meter limit, Meter suite) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-24} limit {limit.PerSecond,7:F0}/s   suite {suite.PerSecond,7:F0}/s   ratio {suite.PerSecond / limit.PerSecond:F3}"));
}
