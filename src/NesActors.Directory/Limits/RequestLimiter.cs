using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Limits;

/// <summary>
/// The limits of a client, for ASP.NET Core's rate limiter. The library's own partitions would keep an object and a turn of a timer for each
/// address that was ever seen within a day; here an address is a number in a table that does not grow.
/// </summary>
internal sealed class RequestLimiter(LimitOptions options, TimeProvider clock) : PartitionedRateLimiter<HttpContext>
{
    private readonly RateTable<ClientAddress> _reads = new(options.LookUps, clock);
    private readonly RateTable<ClientAddress> _proofs = new(options.Proofs, clock);
    private readonly RateTable<ClientAddress> _registrations = new(options.Registrations, clock);
    private readonly RateTable<ClientAddress> _changes = new(options.Changes, clock);
    private readonly RateTable<ClientAddress> _statements = new(options.Statements, clock);
    private readonly RateTable<ClientAddress> _links = new(options.Links, clock);

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        var table = RequestKinds.Of(resource.Request) switch
        {
            RequestKind.Proof => _proofs,
            RequestKind.Registration => _registrations,
            RequestKind.Change => _changes,
            RequestKind.Statement => _statements,
            RequestKind.Link => _links,
            _ => _reads,
        };
        return table.TryTake(ClientAddress.Of(resource.Connection.RemoteIpAddress), out var retryAfter) ? Lease.Granted : new Lease(retryAfter);
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static readonly Lease Granted = new(null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
