using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Sending;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>Tells why a message failed.</summary>
internal static class SendProblems
{
    /// <summary>The answer about a message that failed.</summary>
    public static IResult Of(SendResult result)
    {
        var (code, what) = Describe(result);
        var detail = result.Detail is { Length: > 0 } more ? $"{what}: {(more[^1] is '.' or '?' or '!' ? more : more + '.')}" : $"{what}.";
        return Problem.Of(code, detail, KeyValuePair.Create("message_id", (object?)result.Id), KeyValuePair.Create("to", (object?)result.To));
    }

    private static (ProblemCode Code, string What) Describe(SendResult result) => result.Failure switch
    {
        SendFailure.UnknownUser => (ProblemCode.UnknownUser, $"The key directory knows no {result.To}, nothing was sent"),
        SendFailure.UserDeleted => (ProblemCode.UserDeleted, $"{result.To} left the key directory, nothing was sent"),
        SendFailure.KeysRevoked => (ProblemCode.KeysRevoked, $"{result.To} revoked the keys, nothing was sent"),
        SendFailure.BadKeys => (ProblemCode.UntrustedKeys, $"The keys of {result.To} are not to be trusted, nothing was sent"),
        SendFailure.KeyChanged => (ProblemCode.KeyChanged, $"The keys of {result.To} have changed, nothing was sent; compare fingerprints, then POST /v1/contacts/{result.To}/trust"),
        SendFailure.DirectoryUnavailable => (ProblemCode.DirectoryUnavailable, $"The keys of {result.To} could not be had in time, nothing was sent"),
        SendFailure.BrokerUntrusted => (ProblemCode.BrokerUntrusted, "The broker could not prove who it is, nothing was sent"),
        SendFailure.BrokerMisconfigured => (ProblemCode.BrokerMisconfigured, "The settings for the broker make no sense, nothing was sent"),
        SendFailure.Refused => (ProblemCode.BrokerRefused, "The broker refused, nothing was sent"),
        SendFailure.Blocked => (ProblemCode.Blocked, $"{result.To} is blocked, nothing was sent; POST /v1/contacts/{result.To}/unblock takes that back"),
        SendFailure.Withdrawn => (ProblemCode.Withdrawn, "It was not sent in time and was taken back"),
        _ => (ProblemCode.BrokerUnavailable, "The broker was not reached in time, nothing was sent"),
    };
}
