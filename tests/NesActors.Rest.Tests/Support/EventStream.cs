using System.Globalization;
using System.Net;
using System.Text.Json;

namespace NesActors.Rest.Tests.Support;

/// <summary>A client of <c>GET /v1/events</c> that reads as the standard says: an id counts when the empty line behind it has come.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventStream(HttpResponseMessage answer, Stream body) => (_answer, _lines) = (answer, new StreamReader(body));

    /// <summary>The last id that came, be it with an event or without.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>How many comments came.</summary>
    public int HeartBeats { get; private set; }

    public HttpResponseMessage Answer => _answer;

    /// <summary>Asks for the stream, and reads what stands before the first event.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="lastId">The header; <see langword="null"/>: none.</param>
    /// <param name="query">Behind the path.</param>
    public static async Task<EventStream> OpenAsync(HttpClient client, string? lastId = null, string query = "")
    {
        var answer = await AskAsync(client, lastId, query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stream = new EventStream(answer, await answer.Content.ReadAsStreamAsync());
        Assert.Null(await stream.BlockAsync());
        Assert.NotEqual("", stream.LastId);
        return stream;
    }

    /// <summary>Asks for the stream, whatever the answer.</summary>
    public static Task<HttpResponseMessage> AskAsync(HttpClient client, string? lastId = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events{query}") { Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
        if (lastId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The next event.</summary>
    /// <exception cref="EndOfStreamException">The stream has ended.</exception>
    public async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            if (await BlockAsync() is { } happened) return happened;
        }
    }

    /// <summary>Reads until a message with a text comes, and gives all events up to it.</summary>
    public async Task<IReadOnlyList<JsonElement>> UntilAsync(string text)
    {
        var events = new List<JsonElement> { await NextAsync() };
        while (!(events[^1].Text("type") == "message" && events[^1].GetProperty("message").Text("text") == text)) events.Add(await NextAsync());
        return events;
    }

    /// <summary>Reads to the end.</summary>
    public Task EndAsync() => Assert.ThrowsAsync<EndOfStreamException>(async () =>
    {
        while (true) await NextAsync();
    });

    /// <summary>What stands before the next empty line: an event, or <see langword="null"/> for anything else.</summary>
    public async Task<JsonElement?> BlockAsync()
    {
        var (id, type, data) = (LastId, "", (string?)null);
        while (true)
        {
            var line = await _lines.ReadLineAsync() ?? throw new EndOfStreamException();
            if (line.Length == 0) break;
            if (line[0] == ':') HeartBeats++;
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else Assert.StartsWith("retry: ", line);
        }
        LastId = id;
        if (data is null) return null;
        var happened = JsonDocument.Parse(data).RootElement;
        Assert.Equal((id, type), (happened.GetProperty("cursor").GetInt64().ToString(CultureInfo.InvariantCulture), happened.Text("type")));
        return happened;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}
