using System.Net;

namespace NesActors.Directory.Tests.Support;

internal static class Answers
{
    public static async Task ShouldBeAsync(this Task<HttpResponseMessage> request, HttpStatusCode status, string text)
    {
        using var response = await request;
        Assert.Equal((status, text), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
    }
}
