using System.CommandLine;
using System.Text.Json.Nodes;
using NesActors.Cli.Hosting.Gateway;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Gateway;

/// <summary><c>nes tokens</c>: who may use the user's gateway by the network. Works beside a gateway, and without one.</summary>
internal static class TokensCommand
{
    private const string Path = "/v1/tokens";

    public static Command Create(CommandContext context) =>
        new("tokens", "Manage the tokens of the HTTP API: who may use your identity by the network") { Make(context), List(context), Revoke(context) };

    private static Command Make(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "What you call it" };
        var scopes = new Option<string>("--scope") { HelpName = "SCOPES", Description = "What it is for: send, read, admin, with commas between; default send,read" };
        var recipients = new Option<string[]>("--recipient") { HelpName = "USER", Description = "To whom it may send; may be given several times; default anybody" };
        var expires = new Option<string>("--expires") { HelpName = "WHEN", Description = "After 30d, 12h or 15min, or on a day like 2027-01-31 when that begins here; default never" };
        var json = CommonOptions.Json();
        var command = new Command("create", "Make a token, and print it: it cannot be shown again") { name, scopes, recipients, expires, json };
        return context.Bind(command, async (run, cancellation) =>
        {
            var wanted = new JsonObject
            {
                ["name"] = run.Get(name),
                ["scopes"] = TextsOf((run.Get(scopes) ?? "send,read").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            };
            if (run.Get(recipients) is { Length: > 0 } users) wanted["recipients"] = TextsOf(users.Select(user => CommonOptions.ParseUser(user).Value));
            if (run.Get(expires) is { } end) wanted["expires_at"] = TokenExpiry.Parse(end, run.Environment.Clock).ToString("O");
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var made = await gateway.PostAsync(Path, wanted, cancellation);
            if (run.Get(json)) run.Out.WriteLine(made.ToJsonString());
            else run.Out.WriteLine(TerminalText.Escape($"{made["secret"]}"));
            return ExitCode.Done;
        });
    }

    private static Command List(CommandContext context)
    {
        var json = CommonOptions.Json();
        return context.Bind(new Command("list", "Show your tokens, those too that have expired in the last 30 days; never what they are") { json }, async (run, cancellation) =>
        {
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            var tokens = (await gateway.GetAsync(Path, cancellation))["tokens"]!.AsArray();
            if (run.Get(json))
            {
                foreach (var token in tokens) run.Out.WriteLine(token!.ToJsonString());
            }
            else if (tokens.Count == 0) run.Error.WriteLine("there are no tokens yet; make one with: nes tokens create NAME");
            else TextTable.Write(run.Out, ["ID", "SCOPES", "RECIPIENTS", "EXPIRES", "NAME"], tokens.Select(token => Row(token!)));
            return ExitCode.Done;
        });
    }

    private static Command Revoke(CommandContext context)
    {
        var id = new Argument<string>("id") { Description = "As nes tokens list shows it" };
        var keep = new Option<bool>("--keep-webhooks") { Description = "Let webhooks that were registered by it go on; else they end with it" };
        var json = CommonOptions.Json();
        return context.Bind(new Command("revoke", "End a token at once, and with it the webhooks that were registered by it") { id, keep, json }, async (run, cancellation) =>
        {
            var token = run.Get(id)!;
            await using var gateway = await GatewayClient.OpenAsync(run, cancellation);
            await gateway.DeleteAsync($"{Path}/{Uri.EscapeDataString(token)}{(run.Get(keep) ? "?webhooks=keep" : "")}", cancellation);
            var ended = (await gateway.GetAsync("/v1/webhooks", cancellation))["webhooks"]!.AsArray().Where(webhook => $"{webhook!["token"]}" == token && $"{webhook["status"]}" == "token_ended").ToList();
            if (run.Get(json)) run.Out.WriteLine(JsonLine.Of(("id", token), ("revoked", true), ("webhooks_ended", ended.Select(webhook => $"{webhook!["id"]}"))));
            else foreach (var webhook in ended) run.Error.WriteLine($"notice: webhook {webhook!["id"]} ({TerminalText.Escape($"{webhook["url"]}")}) has ended with it; nes webhooks enable {webhook["id"]} lets it go on");
            return ExitCode.Done;
        });
    }

    private static string[] Row(JsonNode token) =>
    [
        $"{token["id"]}",
        string.Join(',', token["scopes"]!.AsArray()),
        token["recipients"] is JsonArray users ? string.Join(',', users) : "anybody",
        $"{token["expires_at"]?.ToString() ?? "never"}{(token["expired"]!.GetValue<bool>() ? " (over)" : "")}",
        TerminalText.Escape($"{token["name"]}"),
    ];

    private static JsonArray TextsOf(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];
}
