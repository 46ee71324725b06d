using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NesActors.Contracts;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Support;

/// <summary>The requests of owners, over HTTP.</summary>
internal static class OwnerClient
{
    public static TestOwner Owner(this TestDirectory directory, string keysOf)
    {
        using var key = RsaPublicKey.FromPem(directory.Server.PublicKeyPem);
        return new TestOwner(Digest.Of(key), keysOf);
    }

    /// <summary>Registers a user with its own keys, and activates it where that is needed.</summary>
    public static async Task<TestOwner> OwnerOfAsync(this TestDirectory directory, string user, ActivationMode activation = ActivationMode.None)
    {
        if (activation == ActivationMode.None)
        {
            await directory.RegisterAsync(user, keysOf: user).ShouldBeAsync(HttpStatusCode.Created, "user created");
        }
        else
        {
            var (link, _) = await directory.RegisterForLinksAsync(user, keysOf: user);
            await directory.Http.PostAsync(link, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        }
        return directory.Owner(user);
    }

    public static Task<HttpResponseMessage> SendAsync(this TestDirectory directory, string method, string path, JsonNode body) =>
        directory.SendAsync(method, path, body.ToJsonString());

    public static Task<HttpResponseMessage> SendAsync(this TestDirectory directory, string method, string path, string body) => directory.Http.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    public static Task<HttpResponseMessage> GetAsync(this TestDirectory directory, string path) => directory.Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The record that a look-up is answered with.</summary>
    public static async Task<DirectoryRecord> RecordAsync(this TestDirectory directory, string user) =>
        Read(await directory.Http.GetByteArrayAsync(new Uri($"users/{user}", UriKind.Relative)));

    /// <summary>The record in an answer.</summary>
    public static DirectoryRecord Read(byte[] answer) => DirectoryRecord.TryRead(RecordAnswer.TryRead(answer)!.Response)!;

    /// <summary>A page of the history, whose freshness is checked.</summary>
    public static async Task<RecordHistory> HistoryAsync(this TestDirectory directory, string user, long after = 0)
    {
        var signed = RecordHistory.TryReadAnswer(await directory.Http.GetByteArrayAsync(new Uri($"users/{user}/history?after={after}", UriKind.Relative)))!;
        Assert.True(signed.Fresh.IsFor(signed.Response.Span, directory.Owner(user).Directory, directory.Server.FreshKey));
        return RecordHistory.TryRead(signed.Response)!;
    }

    public static DirectoryRecord[] Records(this RecordHistory history) => [.. history.Entries.Select(entry => DirectoryRecord.TryRead(entry.Record)!)];

    /// <summary>Asks for the keys of another, and reads both links from the log.</summary>
    public static async Task<(Uri Confirmation, Uri Cancellation)> RequestRecoveryAsync(this TestDirectory directory, string user, TestOwner next)
    {
        await directory.SendAsync("POST", $"users/{user}/recovery", next.Recovery(user)).ShouldBeAsync(HttpStatusCode.Accepted, "check email");
        return await directory.NextLinksAsync($"For {user}: to confirm");
    }

    public static Username Name(string user) => Username.Parse(user);
}
