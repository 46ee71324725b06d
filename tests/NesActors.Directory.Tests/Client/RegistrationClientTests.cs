using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

public sealed class RegistrationClientTests
{
    private static readonly Username Amy = Username.Parse("amy");

    [Fact]
    public async Task Registers_and_is_found()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var client = directory.Client();
        Assert.IsType<LookupResult.NotFound>(await client.LookUpAsync(Amy, CancellationToken.None));
        Assert.IsType<RegistrationResult.Registered>(await RegisterAsync(client));
        var found = Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Amy, CancellationToken.None));
        Assert.Superset(TestKeys.Record("amy").Entries.ToHashSet(), found.Record.Entries.ToHashSet());
    }

    [Fact]
    public async Task Hands_on_why_it_was_refused()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var client = directory.Client();
        await RegisterAsync(client);
        Assert.Equal(new RegistrationResult.Refused("user already exist"), await RegisterAsync(client));
    }

    [Fact]
    public async Task Makes_a_hostile_reason_safe_for_a_terminal()
    {
        await using var server = await StubServer.AnsweringAsync(400, "\u001b[2J\u009b1mno\r\nway\u202e \ud83d\ude00\u2028" + new string('x', 5000), "text/plain");
        using var client = server.Client();
        var refused = Assert.IsType<RegistrationResult.Refused>(await RegisterAsync(client));
        Assert.StartsWith("[2J 1mno  way", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("😀", refused.Reason, StringComparison.Ordinal);
        Assert.InRange(refused.Reason.Length, 100, 210);
        Assert.DoesNotContain(refused.Reason, c => char.IsControl(c) || c is '\u202e' or '\u2028');
    }

    [Fact]
    public async Task Takes_no_page_for_a_reason()
    {
        await using var server = await StubServer.AnsweringAsync(403, "<html>blocked</html>", "text/html");
        using var client = server.Client();
        Assert.Equal(new RegistrationResult.Refused($"{server.Address.Authority} answered with status 403"), await RegisterAsync(client));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Does_not_know_what_became_of_it_at_another_status(int status)
    {
        await using var server = await StubServer.AnsweringAsync(status, "whatever", "text/plain");
        using var client = server.Client();
        Assert.IsType<RegistrationResult.Unavailable>(await RegisterAsync(client));
    }

    private static Task<RegistrationResult> RegisterAsync(HttpKeyDirectory client) =>
        client.RegisterAsync(Amy, "amy@example.org", TestKeys.Record("amy"), signKey: null, CancellationToken.None);
}
