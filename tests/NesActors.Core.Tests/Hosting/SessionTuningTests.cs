using Akka.Configuration;
using NesActors.Core.Hosting;

namespace NesActors.Core.Tests.Hosting;

public sealed class SessionTuningTests
{
    private static readonly Config BuiltIn = NesHocon.Load(null);

    [Fact]
    public void The_built_in_settings_are_complete()
    {
        var tuning = SessionTuning.From(BuiltIn);
        Assert.Equal(1 << 20, tuning.MaxFrameSize);
        Assert.Equal(TimeSpan.FromDays(30), tuning.MaxAge);
        Assert.Equal(Environment.ProcessorCount, tuning.CryptoWorkers);
        Assert.True(tuning.Reconnect.IsValid);
    }

    [Fact]
    public void A_file_needs_to_hold_only_what_it_changes()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "nes.transport.max-in-flight = 3");
        var tuning = SessionTuning.From(NesHocon.Load(file));
        File.Delete(file);
        Assert.Equal(3, tuning.MaxInFlight);
        Assert.Equal(64L << 20, tuning.SpoolSize);
    }

    [Theory]
    [InlineData("nes.transport.max-in-flight = 0", "max-in-flight")]
    [InlineData("nes.transport.max-in-flight = many", "nes")]
    [InlineData("nes.session.max-frame-size = 10", "max-frame-size")]
    [InlineData("nes.session.spool-size = 1 KiB", "spool-size")]
    [InlineData("nes.conversation.max-age = 0s", "times")]
    [InlineData("nes.transport.reconnect-jitter = 7", "reconnect")]
    [InlineData("nes.conversation.max-age = soon", "nes")]
    public void A_value_that_makes_no_sense_is_named(string hocon, string named)
    {
        var config = ConfigurationFactory.ParseString(hocon).WithFallback(BuiltIn);
        var error = Assert.Throws<NesConfigurationException>(() => SessionTuning.From(config));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_no_hocon_is_named()
    {
        var missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        Assert.Contains(missing, Assert.Throws<NesConfigurationException>(() => NesHocon.Load(missing)).Message, StringComparison.Ordinal);
        File.WriteAllText(missing, "nes { a = ${missing} }");
        Assert.Contains(missing, Assert.Throws<NesConfigurationException>(() => NesHocon.Load(missing)).Message, StringComparison.Ordinal);
        File.Delete(missing);
    }
}
