using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>The receiver of docs/rest.md, as it stands there: somebody else's HMAC, base64 and HTTP.</summary>
public sealed partial class DocumentedReceiverTests
{
    private const string Python = "python3";

    /// <summary>Its last line, and the same at any free port, which it tells.</summary>
    private const string Serve = """http.server.HTTPServer(("127.0.0.1", 9000), Receiver).serve_forever()""",
        ServeAnywhere = """server = http.server.HTTPServer(("127.0.0.1", 0), Receiver); print(server.server_port, flush=True); server.serve_forever()""";

    [RealPartFact(GatewayLab.Program, Python)]
    public async Task The_receiver_of_the_documentation_takes_what_is_signed_and_nothing_else()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (_, secret) = await lab.AddAsync();
        await lab.SayAsync("hello \u202e żółć");
        var told = await lab.Receiver.NextAsync();
        using var process = await StartAsync(secret);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{await process.StandardOutput.ReadLineAsync()}/") };

            Assert.Equal(HttpStatusCode.NoContent, await TellAsync(client, told));
            Assert.Equal(@"'hello \u202e \u017c\xf3\u0142\u0107'", await process.StandardOutput.ReadLineAsync());
            Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(client, told with { Body = [.. told.Body, (byte)' '] }));
            Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(client, With(told, "webhook-id", told.Id + "0")));
            Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(client, With(told, "webhook-timestamp", "1795000000")));
            Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(client, With(told, "webhook-signature", "v1,AAAA")));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<Process> StartAsync(string secret)
    {
        var code = Snippet().Match(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "rest.md"))).Groups["code"].Value;
        Assert.Contains(Serve, code);
        var start = new ProcessStartInfo(RealParts.Require(Python), ["-c", code.Replace(Serve, ServeAnywhere, StringComparison.Ordinal)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WEBHOOK_SECRET"] = secret;
        return Process.Start(start)!;
    }

    private static Told With(Told told, string header, string value) => told with { Headers = new Dictionary<string, string>(told.Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };

    private static async Task<HttpStatusCode> TellAsync(HttpClient client, Told told)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(told.Body) };
        foreach (var (name, value) in told.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("```python\r?\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Snippet();
}
