using NesActors.Cli.Settings;

namespace NesActors.Cli.Tests.Settings;

public class MaskTests
{
    [Theory]
    [InlineData("tcp://host:1883", "tcp://host:1883")]
    [InlineData("tcp://user@host:1883", "tcp://user@host:1883")]
    [InlineData("tcp://user:secret@host:1883", "tcp://user:********@host:1883")]
    [InlineData("tcp://user:se@cr@et@host:1883", "tcp://user:********@host:1883")]
    [InlineData("tcp://user:se/cr:et@host", "tcp://user:********@host")]
    [InlineData("user:secret@host", "user:********@host")]
    [InlineData("tcp://:secret@host", "tcp://:********@host")]
    public void Hides_the_password_of_an_address(string address, string shown) => Assert.Equal(shown, Mask.Address(address));

    [Fact]
    public void Hides_a_password_whole() => Assert.Equal(Mask.Stars, Mask.Value(SettingKeys.BrokerPassword, "s"));

    [Fact]
    public void Shows_that_there_is_none() => Assert.Equal("", Mask.Value(SettingKeys.BrokerPassword, ""));
}
