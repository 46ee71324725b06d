using System.Text.Json;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Sending;
using NesActors.FrontEnd.Rest.Sending.Idempotency;

namespace NesActors.FrontEnd.Rest.Streams.Sockets;

/// <summary>Does what somebody asks for by a WebSocket: to send, as <c>POST /v1/messages</c> does.</summary>
/// <param name="caller">Who asks.</param>
/// <param name="limits">How often they may.</param>
internal sealed class SocketOrders(Caller caller, RequestLimits limits)
{
    private const int MaxRef = 255;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = ApiJson.Options.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Does it.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="cancellation">Nobody waits for the answer any more.</param>
    /// <returns>The answer, with the <c>ref</c> of what was asked for.</returns>
    public async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        string? reference = null;
        try
        {
            if (!limits.TryTake(caller, out var retryAfter)) throw new ProblemException(ProblemCode.RateLimited, "Too many requests in a short time.") { RetryAfter = retryAfter };
            using var document = JsonDocument.Parse(text, Reading);
            reference = RefOf(document.RootElement);
            var results = await SendAsync(document.RootElement, cancellation).ConfigureAwait(false);
            return Write(new Sent("sent", reference, results));
        }
        catch (Exception e) when (Failures.Describe(e) is var (code, detail) && code != ProblemCode.InternalError && e is not OperationCanceledException)
        {
            return Write(new Problem("problem", reference, code.Name, detail, (e as ProblemException)?.RetryAfter is { } wait ? (int)Math.Ceiling(Math.Max(1, wait.TotalSeconds)) : null));
        }
    }

    private Task<IReadOnlyList<SendResult>> SendAsync(JsonElement asked, CancellationToken cancellation)
    {
        if (asked.ValueKind != JsonValueKind.Object || !asked.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("send"))
            throw ProblemException.Invalid("type: send; nothing else can be asked for here");
        if (!caller.Scopes.HasFlag(Scope.Send)) throw new ProblemException(ProblemCode.Forbidden, $"The token has {string.Join(", ", caller.Scopes.ToNames())}, and that is not enough to send.");
        var order = asked.Deserialize<Order>(ApiJson.Options)!;
        return caller.Identity.Sender.SendAsync(caller, SendOrder.Of(order.To.Names, order.Text), IdempotencyKey.Of(caller, order.IdempotencyKey), cancellation);
    }

    private static string? RefOf(JsonElement asked)
    {
        if (asked.ValueKind != JsonValueKind.Object || !asked.TryGetProperty("ref", out var found) || found.ValueKind == JsonValueKind.Null) return null;
        // Each byte of it may be an escape of six.
        if (found.ValueKind != JsonValueKind.String || found.GetRawText().Length > (6 * MaxRef) + 2 || found.Deserialize<string>() is not { Length: <= MaxRef } reference)
            throw ProblemException.Invalid($"ref: a text of {MaxRef} characters at most");
        return reference;
    }

    private static byte[] Write<T>(T answer) => JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Options);

    private sealed record Order(string Type, Recipients To, string Text, string? Ref = null, string? IdempotencyKey = null)
    {
        /// <summary>Names the recipients and never the text.</summary>
        public override string ToString() => $"{Type} > {string.Join(", ", To.Names)}";
    }

    private sealed record Sent(string Type, string? Ref, IReadOnlyList<SendResult> Messages);

    private sealed record Problem(string Type, string? Ref, string Code, string Detail, int? RetryAfter);
}
