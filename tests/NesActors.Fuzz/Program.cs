using System.Diagnostics;
using System.Globalization;
using NesActors.Contracts.Crypto;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Sessions;

// [CASES [SEED [PART]]]: that many cases, a million unless told, of all targets or of those whose names begin so ("nes2"); "repeat SEED NUMBER [PART]": one of them alone; "strangers COUNT": what so many unknown senders cost. Exit code 1 where something
// that must hold does not.
if (args is ["strangers", var strangers])
{
    await StrangerFigures.RunAsync(int.Parse(strangers, CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["repeat", var repeatedSeed, var number, .. var rest] && rest.Length < 2)
    return Repeat(new FuzzCase(int.Parse(repeatedSeed, CultureInfo.InvariantCulture), long.Parse(number, CultureInfo.InvariantCulture)), rest.FirstOrDefault(""));

var cases = args is [var count, ..] ? long.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
var seed = args is [_, var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
using var campaign = new Campaign(args is [_, _, var part] ? part : "");
var begin = Stopwatch.GetTimestamp();
Console.WriteLine($"{cases:N0} cases, seed {seed}");
var report = campaign.Run(cases, seed);
foreach (var (outcome, times) in report.Outcomes) Console.WriteLine($"{times,11:N0}  {outcome}");
foreach (var finding in report.Findings) Console.WriteLine($"\n{finding}");
Console.WriteLine($"{report.Findings.Count} findings in {Stopwatch.GetElapsedTime(begin).TotalSeconds:N0} s; the most that one case allocated: {report.MostAllocated:N0} bytes");
try
{
    foreach (var suite in Campaign.Suites)
    {
        var (frames, dropped) = await campaign.RunSessionAsync(suite, cases, seed);
        Console.WriteLine($"A session of suite {suite} took {frames:N0} frames and went on; dropped: {string.Join(", ", dropped.Select(entry => $"{entry.Key.ToCode()} {entry.Value:N0}"))}");
    }
}
catch (PropertyException e)
{
    Console.WriteLine(e.Message);
    return 1;
}
return report.Findings.Count == 0 ? 0 : 1;

static int Repeat(FuzzCase one, string part)
{
    using var campaign = new Campaign(part);
    var (target, input) = one.Make(campaign.Targets);
    Console.WriteLine($"{target.Name}, {input.Length:N0} bytes: {Convert.ToBase64String(input)}");
    Console.WriteLine(target.Check(input));
    return 0;
}
