using System.Globalization;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Faults.Strikes;
using NesActors.Faults.Trials;

// SCENARIO [STRIKES [MESSAGES [SEED]]]: two people write numbered messages to each other through a real mosquitto, each by the real program, while faults strike.
// Ends with 0 where each message was received once, in order, and is shown as delivered.
var seed = args.Length > 3 ? Number(3) : Random.Shared.Next();
switch (args)
{
    case ["kills", ..]: return await RunAsync(new KilledSession(), 500, 20_000);
    default:
        Console.Error.WriteLine("Scenarios: kills");
        return 2;
}

async Task<int> RunAsync(IStrike strike, int strikes, int messages)
{
    var trial = new Trial(args.Length > 1 ? Number(1) : strikes, args.Length > 2 ? Number(2) : messages, seed) { Progress = Console.Error.WriteLine };
    Console.WriteLine($"{strike.Name}: seed {seed}");
    await using var lab = await Lab.StartAsync();
    var report = await trial.RunAsync(lab, strike, [], []);
    Console.WriteLine(report.Summary);
    foreach (var trouble in report.Troubles) Console.WriteLine($"  {trouble}");
    return report.Troubles.Count == 0 ? 0 : 1;
}

int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
