using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

/// <summary>The links of mails, without a browser.</summary>
public sealed class LinkClientTests
{
    private const string Token = "c29tZS10b2tlbi1vZi0zMi1ieXRlcy1hcy1iYXNlNjQ";
    private static readonly string Path = $"/users/bob/{Token}";

    [Fact]
    public async Task Tells_what_a_link_would_do_and_does_it()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer($"GET {Path}", 200, """{"user":"bob","action":"activate","until":1700000000000}""", "application/json");
        directory.Answer($"POST {Path}", 200, "user activated\n");
        using var client = directory.Client();
        var link = new Uri(directory.Address, Path);

        Assert.Equal(
            new LinkResult.Known(Username.Parse("bob"), LinkAction.Activate, DateTimeOffset.FromUnixTimeMilliseconds(1700000000000)), await client.Links.LookAsync(link, default));
        Assert.Equal(new OwnerResult.Done("user activated"), await client.Links.FollowAsync(link, default));
        Assert.Equal(["GET /directory", $"GET {Path}", $"POST {Path}"], directory.Requests);
    }

    [Fact]
    public async Task Follows_a_link_of_a_plain_directory_as_the_original_needs_it_and_does_not_look_at_it()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Forget("GET /directory");
        directory.Answer($"GET {Path}", 200, "user activated");
        using var client = directory.Client();
        var link = new Uri(directory.Address, Path);

        Assert.IsType<LinkResult.Plain>(await client.Links.LookAsync(link, default));
        Assert.DoesNotContain($"GET {Path}", directory.Requests);
        Assert.Equal(new OwnerResult.Done("user activated"), await client.Links.FollowAsync(link, default));
    }

    [Fact]
    public async Task Says_that_a_link_is_over()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer($"GET {Path}", 410, "activation link expired");
        directory.Answer($"POST {Path}", 410, "activation link expired");
        using var client = directory.Client();
        var link = new Uri(directory.Address, Path);
        Assert.Equal(new LinkResult.Refused("activation link expired"), await client.Links.LookAsync(link, default));
        Assert.Equal(new OwnerResult.Refused("activation link expired"), await client.Links.FollowAsync(link, default));
    }

    [Theory]
    [InlineData("https://elsewhere.example.org/users/bob/" + Token)]
    [InlineData("/users/bob")]
    [InlineData("/users/BOB/" + Token)]
    [InlineData("/users/bob/a%2fb")]
    [InlineData("/users/bob/" + Token + "?x=1")]
    [InlineData("/other/users/bob/" + Token)]
    [InlineData("/users/bob/../carol/" + Token + "/x")]
    [InlineData("/directory")]
    public async Task Tells_the_token_of_a_link_to_nobody_but_the_directory(string link)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        var address = new Uri(directory.Address, link);
        Assert.IsType<LinkResult.Refused>(await client.Links.LookAsync(address, default));
        var refused = Assert.IsType<OwnerResult.Refused>(await client.Links.FollowAsync(address, default));
        Assert.DoesNotContain(Token, refused.Reason, StringComparison.Ordinal);
        Assert.Empty(directory.Requests);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("{\"user\":\"carol\",\"action\":\"activate\",\"until\":1}")]
    [InlineData("{\"user\":\"bob\",\"action\":\"format-disk\",\"until\":1}")]
    [InlineData("{\"user\":\"bob\",\"action\":\"delete\",\"until\":99999999999999999}")]
    public async Task Does_not_believe_what_is_no_description_of_a_link(string body)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer($"GET {Path}", 200, body);
        using var client = directory.Client();
        Assert.IsType<LinkResult.Untrusted>(await client.Links.LookAsync(new Uri(directory.Address, Path), default));
    }
}
