using System.Net;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>Reads the answer to an owner's request: a status, and a line of text.</summary>
internal static class OwnerAnswer
{
    public static OwnerResult Read(Uri address, HttpExchange exchange) => exchange switch
    {
        HttpExchange.Answered { Status: HttpStatusCode.OK or HttpStatusCode.Accepted } answer => new OwnerResult.Done(HttpText.Reason(address, answer)),
        HttpExchange.Answered { Status: HttpStatusCode.NotFound } answer => new OwnerResult.NoSuchUser(HttpText.Reason(address, answer)),
        HttpExchange.Answered { Status: HttpStatusCode.Conflict } => new OwnerResult.Conflict(),
        HttpExchange.Answered answer when HttpText.IsRefusal(answer.Status) => new OwnerResult.Refused(HttpText.Reason(address, answer)),
        HttpExchange.Answered answer => new OwnerResult.Unavailable(HttpText.Describe(address, answer.Status)),
        HttpExchange.Failed failed => new OwnerResult.Unavailable(failed.Detail),
        _ => new OwnerResult.Unavailable(HttpText.TooLarge(address)),
    };
}
