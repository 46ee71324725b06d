using System.Net;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Operating;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_are_on_a_listener_of_their_own_and_name_nobody()
    {
        await using var directory = await TestDirectory.StartAsync(configure: options => options with { Metrics = new Uri("http://127.0.0.1:0") });
        using var registered = await directory.RegisterAsync("amy-metrics");
        (await directory.Http.GetAsync(new Uri("users/amy-metrics", UriKind.Relative))).Dispose();
        (await directory.Http.GetAsync(new Uri("users/zoe-metrics", UriKind.Relative))).Dispose();
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(directory.Server.MetricsAddress!, "metrics"));
        Assert.Matches("""nes_directory_lookups_total\{[^}]*outcome="done"[^}]*\} [1-9]""", text);
        Assert.Matches("""nes_directory_lookups_total\{[^}]*outcome="absent"[^}]*\} [1-9]""", text);
        Assert.Matches("""nes_directory_registrations_total\{[^}]*outcome="done"[^}]*\} [1-9]""", text);
        Assert.Contains("nes_directory_database_errors_total", text, StringComparison.Ordinal);
        Assert.Matches("""http_server_request_duration_seconds_count\{[^}]*http_route="/users"[^}]*\} [1-9]""", text);
        Assert.Contains("dotnet_gc_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("-metrics\"", text, StringComparison.Ordinal);

        using var onPublic = await directory.Http.GetAsync(new Uri("metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, onPublic.StatusCode);
    }

    [Theory]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://metrics.example.org:9464")]
    public async Task Refuses_an_address_for_metrics_that_is_none(string address)
    {
        var error = await Assert.ThrowsAsync<DirectoryException>(() => TestDirectory.StartAsync(configure: options => options with { Metrics = new Uri(address) }));
        Assert.Contains("Metrics", error.Message, StringComparison.Ordinal);
    }
}
