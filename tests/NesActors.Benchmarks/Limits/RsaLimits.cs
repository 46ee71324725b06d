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
        var comparison = new Comparison();
        comparison.Add("seal: sign + encrypt", raw.SignAndEncrypt, () => suite.Seal());
        comparison.Add("open: decrypt + verify", raw.DecryptAndVerify, () => suite.OpenAndVerify());
        comparison.Run(seconds);
        return 0;
    }
}
