using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Sending;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>Tells why a message failed, or why there are no keys to send one with.</summary>
internal static class SendProblems
{
    /// <summary>All that can be told about keys that are not to be had.</summary>
    public static readonly ProblemCode[] OfKeys = [ProblemCode.UnknownUser, ProblemCode.UserDeleted, ProblemCode.KeysRevoked, ProblemCode.UntrustedKeys, ProblemCode.DirectoryUnavailable];

    /// <summary>All that can be told about a message.</summary>
    public static readonly ProblemCode[] All = [.. OfKeys, ProblemCode.KeyChanged, ProblemCode.SuiteDowngraded, ProblemCode.OwnKeysUnseen, ProblemCode.Blocked, ProblemCode.BrokerUntrusted, ProblemCode.BrokerMisconfigured, ProblemCode.BrokerRefused, ProblemCode.BrokerUnavailable, ProblemCode.Withdrawn];

    /// <summary>The answer about a message that failed.</summary>
    public static IResult Of(SendResult result)
    {
        var (code, what) = Describe(result.Failure, result.To);
        var advice = result.Failure switch
        {
            SendFailure.KeyChanged => $"; compare fingerprints, then POST /v1/contacts/{result.To}/trust",
            SendFailure.SuiteDowngraded => $"; POST /v1/contacts/{result.To}/older-suite lets messages go without",
            SendFailure.Blocked => $"; POST /v1/contacts/{result.To}/unblock takes that back",
            _ => "",
        };
        return Problem.Of(
            code, Sentence($"{what}, nothing was sent{advice}", result.Detail), KeyValuePair.Create("message_id", (object?)result.Id), KeyValuePair.Create("to", (object?)result.To));
    }

    /// <summary>The answer about keys that are not to be had.</summary>
    public static IResult Of(KeyLookUp asked)
    {
        var (code, what) = Describe(asked.Failure, asked.Contact.User.Value);
        return Problem.Of(code, Sentence(what, asked.Detail));
    }

    private static string Sentence(string what, string? more) => string.IsNullOrEmpty(more) ? $"{what}." : $"{what}: {(more[^1] is '.' or '?' or '!' ? more : more + '.')}";

    private static (ProblemCode Code, string What) Describe(SendFailure? failure, string user) => failure switch
    {
        SendFailure.UnknownUser => (ProblemCode.UnknownUser, $"The key directory knows no {user}"),
        SendFailure.UserDeleted => (ProblemCode.UserDeleted, $"{user} left the key directory"),
        SendFailure.KeysRevoked => (ProblemCode.KeysRevoked, $"{user} revoked the keys"),
        SendFailure.BadKeys => (ProblemCode.UntrustedKeys, $"The keys of {user} are not to be trusted"),
        SendFailure.KeyChanged => (ProblemCode.KeyChanged, $"The keys of {user} have changed"),
        SendFailure.SuiteDowngraded => (ProblemCode.SuiteDowngraded, $"A better suite was seen of {user} than there is now"),
        SendFailure.OwnKeysUnseen => (ProblemCode.OwnKeysUnseen, "The key directory does not show your own keys"),
        SendFailure.DirectoryUnavailable => (ProblemCode.DirectoryUnavailable, $"The keys of {user} could not be had in time"),
        SendFailure.BrokerUntrusted => (ProblemCode.BrokerUntrusted, "The broker could not prove who it is"),
        SendFailure.BrokerMisconfigured => (ProblemCode.BrokerMisconfigured, "The settings for the broker make no sense"),
        SendFailure.Refused => (ProblemCode.BrokerRefused, "The broker refused"),
        SendFailure.Blocked => (ProblemCode.Blocked, $"{user} is blocked"),
        SendFailure.Withdrawn => (ProblemCode.Withdrawn, "It was taken back in time"),
        _ => (ProblemCode.BrokerUnavailable, "The broker was not reached in time"),
    };
}
