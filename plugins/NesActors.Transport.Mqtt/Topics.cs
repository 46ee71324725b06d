using System.Diagnostics.CodeAnalysis;
using NesActors.Contracts;

namespace NesActors.Transport.Mqtt;

/// <summary>The topics of the wire protocol: one per recipient.</summary>
internal static class Topics
{
    private const string Prefix = "nes/";
    private const string Suffix = "/message";

    public static string Of(Username mailbox) => $"{Prefix}{mailbox.Value}{Suffix}";

    public static bool TryParse([NotNullWhen(true)] string? topic, out Username mailbox)
    {
        mailbox = default;
        return topic is not null
            && topic.Length > Prefix.Length + Suffix.Length
            && topic.StartsWith(Prefix, StringComparison.Ordinal)
            && topic.EndsWith(Suffix, StringComparison.Ordinal)
            && Username.TryParse(topic[Prefix.Length..^Suffix.Length], out mailbox);
    }
}
