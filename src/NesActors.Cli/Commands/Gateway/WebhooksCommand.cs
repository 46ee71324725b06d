using System.CommandLine;
using System.Text.Json.Nodes;
using NesActors.Cli.Hosting.Gateway;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Gateway;

/// <summary><c>nes webhooks</c>: whom the user's gateway tells of events by HTTP. Works beside a gateway, and without one.</summary>
internal static class WebhooksCommand
{
    private const string Root = "/v1/webhooks";

    public static Command Create(CommandContext context) => new("webhooks", "Manage the webhooks of the HTTP API: whom your gateway tells of messages and other events")
    {
        Add(context),
        List(context),
        Show(context),
        Remove(context),
        Switch(context, "enable", isEnabled: true, "Tell a receiver of events again, from where that stopped, and at once of what it has not taken"),
        Switch(context, "disable", isEnabled: false, "Tell a receiver nothing for now"),
        Secret(context),
        WebhookDeliveries.List(context),
        WebhookDeliveries.Replay(context),
    };

    /// <summary>The path of a webhook, or of something below it.</summary>
    public static string PathOf(string id, string below = "") => $"{Root}/{Uri.EscapeDataString(id)}{below}";

    /// <summary>Which webhook.</summary>
    public static Argument<string> Id() => new("id") { Description = "As nes webhooks list shows it" };

    private static Command Add(CommandContext context)
    {
        var url = new Argument<string>("url") { Description = "Where the receiver is: https:// or http://" };
        var events = new Option<string>("--events") { HelpName = "KINDS", Description = "What it is told: message, state, contact, connection, with commas between; default message" };
        var name = new Option<string>("--name") { HelpName = "NAME", Description = "What you call it" };
        var json = CommonOptions.Json();
        var command = new Command("add", "Register a receiver, and print the secret that it knows your gateway by: it cannot be shown again") { url, events, name, json };
        return context.Bind(command, async (run, cancellation) =>
        {
            var wanted = new JsonObject { ["url"] = run.Get(url) };
            if (run.Get(events) is { } kinds) wanted["events"] = new JsonArray([.. kinds.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(kind => (JsonNode?)kind)]);
            if (run.Get(name) is { } called) wanted["name"] = called;
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            Print(run, await gateway.PostAsync(Root, wanted, cancellation), run.Get(json));
            return ExitCode.Done;
        });
    }

    private static Command List(CommandContext context)
    {
        var json = CommonOptions.Json();
        return context.Bind(new Command("list", "Show your webhooks; never their secrets") { json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var webhooks = (await gateway.GetAsync(Root, cancellation))["webhooks"]!.AsArray();
            if (run.Get(json))
            {
                foreach (var webhook in webhooks) run.Out.WriteLine(webhook!.ToJsonString());
            }
            else if (webhooks.Count == 0) run.Error.WriteLine("there are no webhooks yet; register a receiver with: nes webhooks add URL");
            else TextTable.Write(run.Out, ["ID", "STATUS", "EVENTS", "PENDING", "DEAD", "NAME", "URL"], webhooks.Select(webhook => Row(webhook!)));
            return ExitCode.Done;
        });
    }

    private static Command Show(CommandContext context)
    {
        var (id, json) = (Id(), CommonOptions.Json());
        return context.Bind(new Command("show", "Show a webhook, and how it does") { id, json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var webhook = await gateway.GetAsync(PathOf(run.Get(id)!), cancellation);
            if (run.Get(json)) run.Out.WriteLine(webhook.ToJsonString());
            else
            {
                foreach (var (name, value) in webhook) run.Out.WriteLine($"{name.Replace('_', ' ') + ':',-14} {TerminalText.Escape(value is JsonArray all ? string.Join(',', all) : $"{value}")}");
            }
            return ExitCode.Done;
        });
    }

    private static Command Remove(CommandContext context)
    {
        var (id, json) = (Id(), CommonOptions.Json());
        return context.Bind(new Command("remove", "Remove a webhook, with what its receiver has not taken") { id, json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            await gateway.DeleteAsync(PathOf(run.Get(id)!), cancellation);
            if (run.Get(json)) run.Out.WriteLine(JsonLine.Of(("id", run.Get(id)), ("removed", true)));
            return ExitCode.Done;
        });
    }

    private static Command Switch(CommandContext context, string verb, bool isEnabled, string description)
    {
        var (id, json) = (Id(), CommonOptions.Json());
        return context.Bind(new Command(verb, description) { id, json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var webhook = await gateway.PatchAsync(PathOf(run.Get(id)!), new JsonObject { ["enabled"] = isEnabled }, cancellation);
            if (run.Get(json)) run.Out.WriteLine(webhook.ToJsonString());
            return ExitCode.Done;
        });
    }

    private static Command Secret(CommandContext context)
    {
        var (id, json) = (Id(), CommonOptions.Json());
        return context.Bind(new Command("secret", "Make another secret, and print it; the one before it is valid for 24 hours more") { id, json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            Print(run, await gateway.PostAsync(PathOf(run.Get(id)!, "/secret"), null, cancellation), run.Get(json));
            return ExitCode.Done;
        });
    }

    private static void Print(Invocation run, JsonObject made, bool isJson) => run.Out.WriteLine(isJson ? made.ToJsonString() : TerminalText.Escape($"{made["secret"]}"));

    private static string[] Row(JsonNode webhook) =>
    [
        $"{webhook["id"]}",
        $"{webhook["status"]}",
        string.Join(',', webhook["events"]!.AsArray()),
        $"{webhook["pending"]}",
        $"{webhook["dead"]}",
        TerminalText.Escape($"{webhook["name"]}"),
        TerminalText.Escape($"{webhook["url"]}"),
    ];
}
