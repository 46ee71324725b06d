using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>The body of <c>POST /v1/messages</c>: JSON, or the text alone with the recipients in the address.</summary>
internal static class SendBody
{
    public const string Json = "application/json", Plain = "text/plain";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ProblemException">It is of another type, or makes no sense.</exception>
    /// <exception cref="BadHttpRequestException">It cannot be read, or is too long.</exception>
    public static async Task<NewMessage> ReadAsync(HttpRequest request, IReadOnlyList<string> to, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !(type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))) throw WrongType();
        if (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
        {
            return to.Count == 0
                ? await ReadJsonAsync(request, cancellation).ConfigureAwait(false)
                : throw ProblemException.Invalid("to: in the body, where that is JSON, and not in the address");
        }
        if (!type.MediaType.Equals(Plain, StringComparison.OrdinalIgnoreCase)) throw WrongType();
        if (to.Count == 0) throw ProblemException.Invalid("to: say in the address to whom, as ?to=bob; it may stand there several times");
        return new NewMessage(new Recipients(to), await ReadTextAsync(request, cancellation).ConfigureAwait(false));
    }

    private static async Task<NewMessage> ReadJsonAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<NewMessage>(request.Body, ApiJson.Options, cancellation).ConfigureAwait(false) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is none.", StatusCodes.Status400BadRequest, e);
        }
    }

    private static async Task<string> ReadTextAsync(HttpRequest request, CancellationToken cancellation)
    {
        // As long as the server takes at all: what is too long for a message is told as that.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation).ConfigureAwait(false);
        try
        {
            return Utf8.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(ProblemCode.InvalidRequest, "The text is no UTF-8.");
        }
    }

    private static ProblemException WrongType() => new(ProblemCode.UnsupportedMediaType, $"Send {Json} or {Plain}, in UTF-8.");
}

/// <summary>What somebody wants to send.</summary>
internal sealed record NewMessage(Recipients To, string Text)
{
    /// <summary>Tells nothing of the text.</summary>
    public override string ToString() => "NewMessage";
}
