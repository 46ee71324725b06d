using System.Net;
using Dapper;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Operating;

public sealed class HealthTests
{
    [Fact]
    public async Task A_directory_that_can_answer_is_ready()
    {
        await using var directory = await TestDirectory.StartAsync();
        Assert.Equal((HttpStatusCode.OK, """{"status":"live"}"""), await GetAsync(directory, "health/live"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready","database":"good","mail":null}"""), await GetAsync(directory, "health/ready"));
    }

    [Fact]
    public async Task One_whose_database_is_broken_lives_and_is_not_ready()
    {
        await using var directory = await TestDirectory.StartAsync(databaseTimeout: TimeSpan.FromSeconds(1));
        using (var other = directory.OpenDatabase()) other.Execute("ALTER TABLE users RENAME TO lost");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(directory, "health/live")).Status);
        var (status, text) = await GetAsync(directory, "health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("\"database\":\"failed\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_is_asked_once_a_second_at_most()
    {
        await using var directory = await TestDirectory.StartAsync(databaseTimeout: TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(directory, "health/ready")).Status);
        using (var other = directory.OpenDatabase()) other.Execute("ALTER TABLE users RENAME TO lost");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(directory, "health/ready")).Status);
        directory.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(directory, "health/ready")).Status);
    }

    [Fact]
    public async Task Activation_without_a_link_is_warned_of_at_the_start()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.None);
        Assert.Contains(directory.Log.All, line => line.StartsWith("Warning: ", StringComparison.Ordinal) && line.Contains("anybody can take any name", StringComparison.Ordinal));
        await using var careful = await TestDirectory.StartAsync(ActivationMode.Log);
        Assert.DoesNotContain(careful.Log.All, line => line.Contains("anybody can take", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(TestDirectory directory, string path)
    {
        using var answer = await directory.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
