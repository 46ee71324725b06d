using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace NesActors.EndToEnd.Tests.Support;

/// <summary>A running <c>nes serve</c>: what it told at its start, and clients of it.</summary>
internal sealed class ServedApi : IAsyncDisposable
{
    private readonly Dictionary<string, string> _tokens;

    private ServedApi(NesProcess process, Uri address, Dictionary<string, string> tokens) => (Process, Address, _tokens) = (process, address, tokens);

    /// <summary>The process.</summary>
    public NesProcess Process { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it at a free port, and waits until it serves.</summary>
    /// <param name="nes">The program.</param>
    /// <param name="firstTokens">For whom it is to print a first token.</param>
    /// <param name="arguments">Its other options.</param>
    public static async Task<ServedApi> StartAsync(NesProgram nes, string[] firstTokens, params string[] arguments)
    {
        string[] listen = arguments.Contains("--listen") ? [] : ["--listen", "http://127.0.0.1:0"];
        var process = nes.Start(["serve", "--json", .. listen, .. arguments]);
        try
        {
            var address = JsonDocument.Parse(await process.SaysAsync("\"address\"")).RootElement;
            var tokens = new Dictionary<string, string>();
            foreach (var user in firstTokens)
            {
                var line = await process.SaysAsync(line => line.Contains("\"token\"", StringComparison.Ordinal) && line.Contains($"\"{user}\"", StringComparison.Ordinal), $"the first token of {user}");
                tokens.Add(user, JsonDocument.Parse(line).RootElement.GetProperty("value").GetString()!);
            }
            return new ServedApi(process, new Uri(address.GetProperty("value").GetString()!), tokens);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client with the first token of somebody. The caller disposes it.</summary>
    public HttpClient As(string user, HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[user]);
        return client;
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}

/// <summary>What tests ask of the API.</summary>
internal static class ApiCalls
{
    /// <summary>Whom the client's token belongs to.</summary>
    public static async Task<string?> UserAsync(this HttpClient api) =>
        (await api.GetFromJsonAsync<JsonElement>("/v1/identities")).GetProperty("identities")[0].GetProperty("user").GetString();

    /// <summary>Sends, and waits until the recipient's client has it.</summary>
    /// <returns>The state that it came to.</returns>
    public static async Task<string?> SendAsync(this HttpClient api, string to, string text)
    {
        using var answer = await api.PostAsJsonAsync("/v1/messages?wait=delivered&timeout=60", new { to, text });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages")[0].GetProperty("state").GetString();
    }

    /// <summary>The texts of a conversation, the oldest first.</summary>
    public static async Task<IReadOnlyList<string?>> TextsAsync(this HttpClient api, string contact) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/v1/conversations/{contact}/messages")).GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString())];
}
