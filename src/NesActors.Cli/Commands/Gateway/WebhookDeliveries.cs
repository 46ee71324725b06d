using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NesActors.Cli.Hosting.Gateway;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Gateway;

/// <summary><c>nes webhooks deliveries</c> and <c>replay</c>: what receivers have not taken.</summary>
internal static class WebhookDeliveries
{
    public static Command List(CommandContext context)
    {
        var (id, json) = (WebhooksCommand.Id(), CommonOptions.Json());
        var state = new Option<string>("--state") { HelpName = "STATE", Description = "pending: is tried again; dead: is not; default both" };
        state.AcceptOnlyFromAmong("pending", "dead");
        return context.Bind(new Command("deliveries", "Show what a receiver has not taken, and why") { id, state, json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var query = run.Get(state) is { } wanted ? $"?state={wanted}" : "";
            var deliveries = (await gateway.GetAsync(WebhooksCommand.PathOf(run.Get(id)!, $"/deliveries{query}"), cancellation))["deliveries"]!.AsArray();
            if (run.Get(json))
            {
                foreach (var delivery in deliveries) run.Out.WriteLine(delivery!.ToJsonString());
            }
            else if (deliveries.Count == 0) run.Error.WriteLine("there are none");
            else TextTable.Write(run.Out, ["ID", "EVENT", "STATE", "ATTEMPTS", "FAILED", "NEXT", "WHY"], deliveries.Select(delivery => Row(delivery!)));
            return ExitCode.Done;
        });
    }

    public static Command Replay(CommandContext context)
    {
        var (id, json) = (WebhooksCommand.Id(), CommonOptions.Json());
        var one = new Option<long?>("--delivery") { HelpName = "ID", Description = "This one alone, as nes webhooks deliveries shows it; default all" };
        return context.Bind(new Command("replay", "Tell a receiver now of what it has not taken, dead letters too") { id, one, json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var below = run.Get(one) is { } delivery ? string.Create(CultureInfo.InvariantCulture, $"/deliveries/{delivery}/replay") : "/replay";
            var answer = await gateway.PostAsync(WebhooksCommand.PathOf(run.Get(id)!, below), null, cancellation);
            if (run.Get(json)) run.Out.WriteLine(answer.ToJsonString());
            else if (gateway.IsServed) run.Error.WriteLine($"to be told now: {answer["replayed"]}");
            else run.Error.WriteLine($"to be told as soon as a gateway runs: {answer["replayed"]}");
            return ExitCode.Done;
        });
    }

    private static string[] Row(JsonNode delivery) =>
    [
        $"{delivery["id"]}",
        $"{delivery["type"]}",
        delivery["replayed"]!.GetValue<bool>() ? $"{delivery["state"]} (replayed)" : $"{delivery["state"]}",
        $"{delivery["attempts"]}",
        $"{delivery["failed_at"]}",
        $"{delivery["next_at"] ?? "-"}",
        TerminalText.Escape($"{delivery["detail"]}"),
    ];
}
