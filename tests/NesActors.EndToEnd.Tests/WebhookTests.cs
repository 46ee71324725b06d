using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary><c>nes webhooks</c> beside <c>nes serve</c>.</summary>
public sealed class WebhookTests
{
    private const int Usage = 1;

    [RealPartFact(Lab.Program)]
    public async Task A_receiver_that_was_registered_by_a_command_is_told_of_what_arrives()
    {
        await using var lab = await Lab.StartAsync();
        foreach (var user in new[] { "alice", "bob" }) await lab.JoinAsync(user);
        await using var receiver = await WebhookReceiver.StartAsync();
        var early = (await lab.Nes.SucceedAsync(lab.Command("webhooks", "alice", "add", receiver.Address.AbsoluteUri, "--name", "early"))).Output;
        await using var served = await ServedApi.StartAsync(lab.Nes, ["alice"], [.. lab.Options("alice"), "--allow-private-webhooks"]);
        var late = (await lab.Nes.SucceedAsync(lab.Command("webhooks", "alice", "add", receiver.Address.AbsoluteUri, "--name", "late"))).Output;
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "alice", "-m", "hello", "--wait", "delivered"));

        var told = await receiver.NextAsync(2);

        Assert.All(told, one => Assert.Equal("hello", one.Text));
        Assert.Equal(2, told.Select(one => one.Id).Distinct().Count());
        var listed = (await lab.Nes.SucceedAsync(lab.Command("webhooks", "alice", "list", "--json"))).Output;
        Assert.Equal(["early", "late"], listed.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("name").GetString()));
        Assert.All([early, late], secret => Assert.StartsWith("whsec_", secret, StringComparison.Ordinal));
        Assert.All([early, late], secret => Assert.DoesNotContain(secret.Trim(), listed + served.Process.Output + served.Process.Error, StringComparison.Ordinal));
    }

    [RealPartFact(Lab.Program)]
    public async Task A_receiver_on_this_machine_is_refused_unless_that_is_allowed()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await using var served = await ServedApi.StartAsync(lab.Nes, ["alice"], lab.Options("alice"));

        var refused = await lab.Nes.RunAsync(lab.Command("webhooks", "alice", "add", "http://localhost:9000/"));

        Assert.Equal(Usage, refused.ExitCode);
        Assert.Contains("--allow-private-webhooks", refused.Error, StringComparison.Ordinal);
    }
}
