using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using NesActors.Directory.Api;
using NesActors.Directory.Mail;

namespace NesActors.Directory.Operating;

/// <summary>
/// What a directory counts beside what the web framework does. Counting is adding to a number; the meter reads the numbers when Prometheus asks. No label
/// tells a name or an address.
/// </summary>
internal sealed class DirectoryMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "NesActors.Directory";

    private readonly Meter _meter = new(MeterName);
    private readonly OutcomeCounts _lookUps = new();
    private readonly OutcomeCounts _registrations = new();

    public DirectoryMetrics(Failures failures, MailState? mail, TimeProvider clock)
    {
        _meter.CreateObservableCounter("nes.directory.lookups", _lookUps.Read, description: "Look-ups of users, by what became of them");
        _meter.CreateObservableCounter("nes.directory.registrations", _registrations.Read, description: "Registrations, by what became of them");
        _meter.CreateObservableCounter("nes.directory.database.errors", () => failures.OfDatabase, description: "Requests for which the database was busy, down or broken");
        if (mail is null) return;
        _meter.CreateObservableCounter("nes.directory.mails", () => Mails(mail), description: "Attempts to send a mail, by what became of them");
        _meter.CreateObservableGauge("nes.directory.mails.waiting", () => mail.Queue.Length, description: "Mails that wait to be sent");
        _meter.CreateObservableGauge("nes.directory.mails.oldest", () => mail.OldestAge(clock.GetUtcNow()).TotalSeconds, "s", "Age of the oldest mail that waits");
    }

    /// <summary>Stands around everything else, so that what is refused is counted too.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        var path = context.Request.Path.Value!;
        if (!path.StartsWith("/users", StringComparison.Ordinal)) return;
        var status = context.Response.StatusCode;
        if (HttpMethods.IsPost(context.Request.Method) && path.Length == "/users".Length) _registrations.Count(status);
        else if (HttpMethods.IsGet(context.Request.Method) && path.LastIndexOf('/') == "/users".Length) _lookUps.Count(status);
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<long>[] Mails(MailState mail) =>
    [
        new(mail.Sent, OutcomeCounts.Outcome("sent")), new(mail.Failed, OutcomeCounts.Outcome("failed")), new(mail.Dropped, OutcomeCounts.Outcome("dropped")),
    ];
}
