using System.Text.Json;
using Microsoft.Data.Sqlite;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Tests.Commands;

public sealed class TokensCommandTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public async Task Makes_lists_and_revokes_tokens_where_no_gateway_runs()
    {
        var made = await _cli.RunAsync("tokens", "create", "bot", "--scope", "send", "--recipient", "bob", "--expires", "30d");
        Assert.Equal((ExitCode.Done, ""), (made.Code, made.Error));
        Assert.StartsWith("nes_", made.Out);

        var listed = await _cli.RunAsync("tokens", "list", "--json");
        Assert.DoesNotContain(made.Out.Trim(), listed.Out);
        var token = JsonDocument.Parse(listed.Out).RootElement;
        Assert.Equal("bot", token.GetProperty("name").GetString());
        Assert.Equal(["send"], token.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(["bob"], token.GetProperty("recipients").EnumerateArray().Select(user => user.GetString()));

        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("tokens", "revoke", token.GetProperty("id").GetString()!)).Code);
        Assert.Equal("", (await _cli.RunAsync("tokens", "list", "--json")).Out);
    }

    [Fact]
    public async Task Says_which_webhooks_have_ended_with_a_token_and_keeps_them_where_that_is_asked_for()
    {
        foreach (var keep in new[] { false, true })
        {
            await _cli.RunAsync("tokens", "create", "bot", "--scope", "admin");
            await _cli.RunAsync("webhooks", "add", "https://receiver.example/");
            var token = JsonDocument.Parse((await _cli.RunAsync("tokens", "list", "--json")).Out).RootElement.GetProperty("id").GetString()!;
            var webhook = JsonDocument.Parse((await _cli.RunAsync("webhooks", "list", "--json")).Out).RootElement.GetProperty("id").GetString()!;
            using (var database = new SqliteConnection($"Data Source={_cli.PathOf("alice.state/gateway.db")};Pooling=False"))
            {
                // As if it had been registered by the token; commands come by the socket.
                database.Open();
                using var command = database.CreateCommand();
                command.CommandText = $"UPDATE webhooks SET token = '{token}'";
                command.ExecuteNonQuery();
            }

            var revoked = await _cli.RunAsync(["tokens", "revoke", token, .. keep ? ["--keep-webhooks"] : (string[])[]]);

            Assert.Equal((ExitCode.Done, ""), (revoked.Code, revoked.Out));
            if (keep) Assert.Equal("", revoked.Error);
            else Assert.Equal($"notice: webhook {webhook} (https://receiver.example/) has ended with it; nes webhooks enable {webhook} lets it go on", revoked.OneErrorLine);
            Assert.Contains(keep ? "enabled" : "token_ended", (await _cli.RunAsync("webhooks", "list", "--json")).Out, StringComparison.Ordinal);
            await _cli.RunAsync("webhooks", "remove", webhook);
        }
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_wish()
    {
        Assert.Contains("send, read, admin", (await Wrong("tokens", "create", "bot", "--scope", "reed")).OneErrorLine);
        Assert.Contains("--expires is 'soon'", (await Wrong("tokens", "create", "bot", "--expires", "soon")).OneErrorLine);
        Assert.Contains("a time to come", (await Wrong("tokens", "create", "bot", "--expires", "2020-01-31")).OneErrorLine);
        Assert.Contains("no user's name", (await Wrong("tokens", "create", "bot", "--recipient", "b")).OneErrorLine);
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("tokens", "revoke", "../none")).Code);
    }

    [Fact]
    public async Task Says_that_another_process_has_the_place_and_does_not_answer()
    {
        using var place = GatewayPlace.TryTake(_cli.PathOf("alice.state"))!;

        var result = await _cli.RunAsync("tokens", "list");

        Assert.Equal(ExitCode.Network, result.Code);
        Assert.Contains("another process serves alice", result.OneErrorLine);
    }

    private async Task<CliResult> Wrong(params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, result.Code);
        return result;
    }

    public void Dispose() => _cli.Dispose();
}
