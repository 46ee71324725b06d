using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace NesActors.Rest.Tests.Support;

/// <summary>Looks at answers.</summary>
internal static class Answers
{
    /// <summary>The body of an answer that is as it should be.</summary>
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await asked;
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} and not {status}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Expects an answer that says what went wrong.</summary>
    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} and not {status}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    /// <summary>Expects an answer without a body.</summary>
    public static async Task EmptyAsync(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{answer.StatusCode} and not {HttpStatusCode.NoContent}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Sends a text.</summary>
    public static Task<HttpResponseMessage> SendTextAsync(this HttpClient client, object to, string text, string query = "") => client.PostAsync($"/v1/messages{query}", Json(new { to, text }));

    /// <summary>Sends a text under an Idempotency-Key.</summary>
    public static Task<HttpResponseMessage> SendOnceAsync(this HttpClient client, string key, object to, string text, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/messages{query}") { Content = Json(new { to, text }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    /// <summary>Sends a request with headers of its own.</summary>
    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, HttpMethod method, string path, params IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }

    /// <summary>The one message of an answer that tells of several.</summary>
    public static JsonElement OneMessage(this JsonElement answer) => Assert.Single(answer.GetProperty("messages").EnumerateArray());

    /// <summary>A member that is a text.</summary>
    public static string? Text(this JsonElement answer, string name) => answer.GetProperty(name).GetString();

    /// <summary>A body of JSON.</summary>
    public static JsonContent Json(object body) => JsonContent.Create(body);
}
