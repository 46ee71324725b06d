using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

/// <summary>Suites and transports beside each other. What the figures are is the machine's matter; that they are there is looked at.</summary>
public sealed class BenchTests : IDisposable
{
    private static readonly string[] Fixtures = ["--plugins", Path.Combine(AppContext.BaseDirectory, "bench-fixtures")];

    private readonly TestCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Each_suite_seals_and_opens_texts_of_each_length()
    {
        var rows = Rows(await _cli.RunAsync("bench", "suites", "--sizes", "1,300", "--json"));

        Assert.Equal([("nes2", 1), ("nes1", 1), ("nes2", 300), ("nes1", 300)], rows.Select(row => (row.GetProperty("suite").GetString(), row.GetProperty("text_bytes").GetInt32())));
        Assert.All(rows, row =>
        {
            Assert.True(row.GetProperty("frame_bytes").GetInt32() > row.GetProperty("text_bytes").GetInt32());
            Assert.All(["seals_per_second", "opens_per_second", "seal_microseconds", "open_microseconds", "keys_milliseconds"], figure => Assert.True(row.GetProperty(figure).GetDouble() > 0));
        });
    }

    [Fact]
    public async Task The_bench_leaves_the_user_alone()
    {
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("bench", "suites", "--only", "nes2", "--sizes", "1")).Code);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("bench", "transports", "--only", "memory", "--sizes", "100")).Code);

        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(_cli.Home));
    }

    [Fact]
    public async Task A_suite_that_fails_is_told_and_the_others_go_on()
    {
        var result = await _cli.RunAsync(["bench", "suites", "--sizes", "1", "--only", "toy", "--only", "nes2", "--json", .. Fixtures]);

        Assert.Equal(ExitCode.Usage, result.Code);
        var rows = result.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(row => row.GetProperty("suite").GetString()!);
        Assert.NotEmpty(rows["toy"].GetProperty("error").GetString()!);
        Assert.True(rows["nes2"].GetProperty("seals_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task Networks_in_memory_and_a_broker_of_its_own_are_measured_without_an_address()
    {
        var rows = Rows(await _cli.RunAsync("bench", "transports", "--sizes", "24,1000", "--json"));

        Assert.Equal([("memory", 24), ("memory", 1000), ("mqtt", 24), ("mqtt", 1000)], rows.Select(row => (row.GetProperty("transport").GetString(), row.GetProperty("frame_bytes").GetInt32())));
        Assert.All(rows, row =>
        {
            Assert.Equal(0, row.GetProperty("lost").GetInt32());
            Assert.All(["latency_median_microseconds", "latency_99_microseconds", "frames_per_second", "bytes_per_second"], figure => Assert.True(row.GetProperty(figure).GetDouble() > 0));
        });
    }

    [Fact]
    public async Task A_transport_is_measured_over_the_addresses_that_are_given()
    {
        var rows = Rows(await _cli.RunAsync("bench", "transports", "memory://first", "-b", "memory://second", "--only", "memory", "--sizes", "24", "--json"));

        Assert.Equal(["memory://first/", "memory://second/"], rows.Select(row => row.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task The_broker_of_the_settings_is_not_measured_unless_it_is_asked_for()
    {
        _cli.WriteConfig("MQTT_BROKER_ADDRESS = mqtt://broker.example.org\n");

        var rows = Rows(await _cli.RunAsync("bench", "transports", "--only", "mqtt", "--sizes", "24", "--json"));

        Assert.StartsWith("mqtt://127.0.0.1:", Assert.Single(rows).GetProperty("address").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_whose_address_nobody_can_know_says_what_it_needs()
    {
        var result = await _cli.RunAsync(["bench", "transports", "--only", "good", .. Fixtures]);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("give it an address, good://", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_has_no_figures_and_an_exit_code()
    {
        var result = await _cli.RunAsync("bench", "transports", "mqtt://127.0.0.1:1", "--only", "mqtt", "--sizes", "24");

        Assert.Equal(ExitCode.Network, result.Code);
        Assert.Contains("127.0.0.1:1", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no suite nosuch; there is nes1, nes2", "suites", "--only", "nosuch")]
    [InlineData("there is no transport nosuch", "transports", "--only", "nosuch")]
    [InlineData("expected up to 16 numbers from 0 to 65536", "suites", "--sizes", "1,-2")]
    [InlineData("expected up to 16 numbers from 0 to 65536", "suites", "--sizes", "65537")]
    [InlineData("expected up to 16 numbers from 24 to 1048576", "transports", "--sizes", "23")]
    [InlineData("expected 1 to 600 seconds", "suites", "--seconds", "0")]
    [InlineData("takes the address gopher://x", "transports", "gopher://x")]
    [InlineData("takes the address mqtt://x", "transports", "mqtt://x", "--only", "memory")]
    [InlineData("MQTT_BROKER_ADDRESS", "transports", "nowhere")]
    public async Task What_makes_no_sense_is_refused_in_one_line(string expected, params string[] arguments)
    {
        var result = await _cli.RunAsync(["bench", .. arguments]);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(expected, result.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_bench_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal(130, (await _cli.RunWithInputAsync("", cancelled.Token, "bench", "suites", "--only", "nes2", "--seconds", "600")).Code);
        Assert.Equal(130, (await _cli.RunWithInputAsync("", cancelled.Token, "bench", "transports", "--only", "memory", "--seconds", "600")).Code);
    }

    private static List<JsonElement> Rows(CliResult result)
    {
        Assert.True(result.Code == ExitCode.Done, result.Error + result.Out);
        return [.. result.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
