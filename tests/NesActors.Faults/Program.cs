using System.Globalization;
using NesActors.Faults;
using NesActors.Faults.Trials;

// SCENARIO [STRIKES [MESSAGES [SEED]]]: two people write numbered messages to each other through a real mosquitto, each by the real program, while faults strike.
// Ends with 0 where each message was received once, in order, and is shown as delivered.
if (Scenario.All.FirstOrDefault(scenario => args is [var name, ..] && scenario.Name == name) is not { } chosen)
{
    Console.Error.WriteLine($"SCENARIO [STRIKES [MESSAGES [SEED]]], where SCENARIO is one of {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}");
    return 2;
}
var trial = new Trial(Number(1, chosen.Strikes), Number(2, chosen.Messages), Number(3, Random.Shared.Next())) { Progress = Console.Error.WriteLine };
Console.WriteLine($"{chosen.Name}: seed {trial.Seed}");
var report = await chosen.RunAsync(trial);
Console.WriteLine(report.Summary);
foreach (var trouble in report.Troubles) Console.WriteLine($"  {trouble}");
return report.Troubles.Count == 0 ? 0 : 1;

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
