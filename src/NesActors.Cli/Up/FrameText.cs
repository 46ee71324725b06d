using System.Text.Json;
using NesActors.Broker;

namespace NesActors.Cli.Up;

/// <summary>A frame as a person may see it: where it goes, how long it is, how it begins. Frames come from whoever connects, so nothing of them is shown as it is.</summary>
internal static class FrameText
{
    private const int Shown = 12;

    /// <summary>One line.</summary>
    public static string Of(PublishedFrame frame) => $"{Plain(frame.Topic, 64)}  {frame.Payload.Length} bytes  {Body(frame.Payload)}";

    private static string Body(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                var members = json.RootElement.EnumerateObject().Take(4).Select(member => $"{Plain(member.Name, Shown)}: {Plain(member.Value.ToString(), Shown)}");
                return $"{{ {string.Join(", ", members)} }}";
            }
        }
        catch (JsonException)
        {
            // Not of this program's suite: shown as bytes.
        }
        return $"{Convert.ToHexStringLower(payload.Span[..Math.Min(payload.Length, Shown)])}…";
    }

    private static string Plain(string text, int length)
    {
        var start = text.Length > length ? text[..length] + "…" : text;
        return string.Concat(start.Select(c => c is '…' or (>= ' ' and <= '~') ? c : '?'));
    }
}
