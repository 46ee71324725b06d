using System.CommandLine;
using System.Globalization;

namespace NesActors.Cli.Commands.Bench;

/// <summary>Options of all benches.</summary>
internal static class BenchOptions
{
    private const int MaxSizes = 16;

    /// <summary>Which plugins.</summary>
    public static Option<string[]> Only(string what) => new("--only") { HelpName = "NAME", AllowMultipleArgumentsPerToken = true, Description = $"Measure these alone: {what}" };

    /// <summary>How long.</summary>
    public static Option<int> Seconds(string what)
    {
        var seconds = new Option<int>("--seconds") { HelpName = "SECONDS", Description = $"How long {what}, 1 to 600", DefaultValueFactory = _ => 1 };
        seconds.Between(1, 600, "seconds");
        return seconds;
    }

    /// <summary>How many bytes.</summary>
    public static Option<int[]> Sizes(string what, int least, int most, params int[] otherwise) => new("--sizes")
    {
        HelpName = "BYTES,…",
        Description = string.Create(CultureInfo.InvariantCulture, $"Lengths of {what} in bytes, {least} to {most}, with commas between"),
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var sizes = new List<int>();
            foreach (var text in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= least && size <= most && sizes.Count < MaxSizes)
                {
                    sizes.Add(size);
                    continue;
                }
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--sizes is '{result.Tokens[0].Value}'; expected up to {MaxSizes} numbers from {least} to {most} with commas between, 1,1000 for instance"));
                return null;
            }
            return [.. sizes];
        },
    };
}
