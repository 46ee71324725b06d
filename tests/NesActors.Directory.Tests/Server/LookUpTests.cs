using System.Net;
using System.Text;
using System.Text.Json;
using NesActors.Directory.Tests.Support;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Server;

public sealed class LookUpTests
{
    [Fact]
    public async Task Answers_with_the_keys_and_a_signature_over_the_bytes_of_response()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var registered = await directory.RegisterAsync("amy");

        using var response = await directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(body);
        var raw = json.RootElement.GetProperty("response").GetRawText();
        Assert.Equal(TestKeys.Message("amy"), json.RootElement.GetProperty("response").GetProperty("public_key_message").GetString());
        Assert.Equal(TestKeys.Sign("amy"), json.RootElement.GetProperty("response").GetProperty("public_key_sign").GetString());
        var signature = json.RootElement.GetProperty("signature").GetString()!;
        Assert.EndsWith("=", signature, StringComparison.Ordinal);
        using var key = RsaPublicKey.FromPem(directory.Server.PublicKeyPem);
        Assert.True(key.VerifyPss(Encoding.UTF8.GetBytes(raw), Convert.FromBase64String(signature.Replace('-', '+').Replace('_', '/'))));
    }

    [Fact]
    public async Task Answers_with_the_original_s_bytes_first_and_its_own_members_behind_them()
    {
        await using var directory = await TestDirectory.StartAsync();
        foreach (var vector in DirectoryVector.Valid())
        {
            using var registered = await directory.RegisterAsync(vector.Username, vector.Username);
            var ours = await directory.Http.GetStringAsync(new Uri($"users/{vector.Username}", UriKind.Relative));
            Assert.StartsWith(MembersOfResponse(vector.Body) + ",\"v\":1,", ours, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gives_the_same_bytes_each_time()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var registered = await directory.RegisterAsync("amy");
        var address = new Uri("users/amy", UriKind.Relative);
        Assert.Equal(await directory.Http.GetStringAsync(address), await directory.Http.GetStringAsync(address));
    }

    [Theory]
    [InlineData("users/nobody")]
    [InlineData("users/AMY")]
    [InlineData("users/am")]
    [InlineData("users/amy%20")]
    [InlineData("users/amy'%20OR%20'1'='1")]
    [InlineData("users/..%2famy")]
    [InlineData("users/%2e%2e%2f%2e%2e%2fdirectory.key")]
    [InlineData("users/amy%0d%0aX-Header:%201")]
    [InlineData("users/%F0%9F%92%A9")]
    [InlineData("users/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Knows_nobody_by_another_name(string path)
    {
        await using var directory = await TestDirectory.StartAsync();
        using var registered = await directory.RegisterAsync("amy");
        await directory.Http.GetAsync(new Uri(path, UriKind.Relative)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [Fact]
    public async Task Does_not_serve_who_is_not_activated()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Log);
        await directory.RegisterForLinksAsync("amy");
        await directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    // Up to the brace that ends the value of "response".
    private static string MembersOfResponse(string body) => body[..body.IndexOf("},\"signature\"", StringComparison.Ordinal)];
}
