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

    /// <summary>A body of JSON.</summary>
    public static JsonContent Json(object body) => JsonContent.Create(body);
}
