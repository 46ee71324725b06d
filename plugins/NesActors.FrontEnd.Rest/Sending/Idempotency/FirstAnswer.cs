using System.Text.Json;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Sending.Idempotency;

/// <summary>What was answered to a request, to be answered again.</summary>
/// <param name="Ends">How it stood for each recipient.</param>
internal sealed record FirstAnswer(IReadOnlyList<FirstAnswer.End> Ends)
{
    public static FirstAnswer Of(IReadOnlyList<SendResult> results) => new([.. results.Select(result => new End(result.State, result.Failure, result.Detail))]);

    public static FirstAnswer Read(string json) => new(JsonSerializer.Deserialize<IReadOnlyList<End>>(json, ApiJson.Options)!);

    public string ToJson() => JsonSerializer.Serialize(Ends, ApiJson.Options);

    /// <summary>The results that were answered.</summary>
    public IReadOnlyList<SendResult> For(SendOrder order, IReadOnlyList<MessageId> messages) =>
        [.. order.To.Zip(messages, Ends).Select(one => new SendResult(one.Second.ToString(), one.First.Value, one.Third.State, one.Third.Failure, one.Third.Detail))];

    /// <summary>How it stood for one recipient.</summary>
    public sealed record End(MessageState State, SendFailure? Failure = null, string? Detail = null);
}
