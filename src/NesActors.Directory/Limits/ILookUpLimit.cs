using System.Net;

namespace NesActors.Directory.Limits;

/// <summary>The limit of look-ups, for a path that answers them before the web framework's own limiter is asked.</summary>
internal interface ILookUpLimit
{
    /// <summary>Takes one look-up of a client.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="retryAfter">Where it has none left: how long until it has.</param>
    bool TryTake(IPAddress? address, out TimeSpan retryAfter);
}
