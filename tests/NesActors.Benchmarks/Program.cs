using System.Globalization;
using BenchmarkDotNet.Running;
using NesActors.Benchmarks.Delivery;
using NesActors.Benchmarks.Directory;
using NesActors.Benchmarks.Limits;
using NesActors.Benchmarks.Rest;
using NesActors.Benchmarks.Storage;

// "limits" sets suite nes1 beside the machine's RSA in a few seconds, "limits nes2" suite nes2 beside its primitives; "store" measures the durable store; "exchange" lets identities send one another
// messages until all are confirmed; "drain" takes in what waits at a broker; "rest" is about the gateway; "bare" and "seed" are parts of directory.sh; anything
// else is for BenchmarkDotNet (--filter '*', --list flat).
switch (args)
{
    case ["limits", "nes2", ..]: return Nes2Limits.Run(args[2..]);
    case ["limits", ..]: return RsaLimits.Run(args[1..]);
    case ["exchange", ..]: return await ExchangeRate.RunAsync(args[1..]);
    case ["drain", ..]: return await DrainRate.RunAsync(args[1..]);
    case ["rest", ..]: return await RestBenchmarks.RunAsync(args[1..]);
    case ["store", ..]: return await StoreRate.RunAsync(args[1..]);
    case ["bare", var port, var size]: return await BareEndpoint.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(size, CultureInfo.InvariantCulture));
    case ["seed", var database, var users, var statement]:
        return Seeding.Run(database, int.Parse(users, CultureInfo.InvariantCulture), int.Parse(statement, CultureInfo.InvariantCulture));
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
