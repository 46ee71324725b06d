using System.Globalization;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>Why a receiver did not take an event: for programs a word, for a person a sentence. Nothing of what the receiver said but its status.</summary>
internal static class AttemptFailures
{
    public const string AddressRefused = "address_refused", NameNotFound = "name_not_found", NotReached = "not_reached", TlsFailed = "tls_failed", TimedOut = "timed_out", BadAnswer = "bad_answer";

    private const string Status = "status_";

    /// <summary>It answered, and not with 2xx.</summary>
    public static string OfStatus(int status) => string.Create(CultureInfo.InvariantCulture, $"{Status}{status}");

    /// <summary>The sentence.</summary>
    public static string Describe(string failure) => failure switch
    {
        AddressRefused => "The host is at an address of this machine or of a private network; such are called only where nes serve allows it (--allow-private-webhooks).",
        NameNotFound => "The name of the host was not found.",
        NotReached => "The host was not reached.",
        TlsFailed => "No secure connection came about: the certificate is not to be trusted, or TLS is not spoken there.",
        TimedOut => $"No answer came within {WebhookClient.TimeLimit.TotalSeconds:0} seconds.",
        BadAnswer => "The connection broke before an answer was there, or the answer was no HTTP.",
        _ when failure.StartsWith(Status + '3', StringComparison.Ordinal) => $"The receiver answered with status {failure[Status.Length..]}; redirects are not followed.",
        _ => $"The receiver answered with status {failure[Status.Length..]}.",
    };
}
