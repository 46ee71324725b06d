namespace NesActors.Plugins.Tests;

public sealed class ContractRuleTests
{
    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.0", "1.3")]
    [InlineData("0.1.0.0", "0.1")]
    public void Fits(string plugin, string host) => Assert.Null(ContractRule.Objection(Version.Parse(plugin), Version.Parse(host)));

    [Theory]
    [InlineData("0.1", "0.2", "older")]
    [InlineData("0.2", "0.1", "newer")]
    [InlineData("0.9", "1.0", "older")]
    [InlineData("1.1", "1.0", "newer")]
    [InlineData("1.9", "2.0", "older")]
    public void Does_not_fit(string plugin, string host, string word) =>
        Assert.Contains(word, ContractRule.Objection(Version.Parse(plugin), Version.Parse(host)), StringComparison.Ordinal);
}
