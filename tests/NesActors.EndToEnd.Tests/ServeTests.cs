using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary><c>nes serve</c> as a process, with all it needs.</summary>
public sealed class ServeTests
{
    private const int Done = 0, Usage = 1, NotFound = 2;

    [RealPartFact(Lab.Program)]
    public async Task The_token_that_it_prints_once_sends_and_reads_and_it_ends_when_told_to()
    {
        await using var lab = await JoinedAsync("alice", "bob");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await using (var served = await ServedApi.StartAsync(lab.Nes, ["alice"], lab.Options("alice")))
        {
            using var alice = served.As("alice");
            Assert.Equal("alice", await alice.UserAsync());
            Assert.Equal("delivered", await alice.SendAsync("bob", "Hello by HTTP!"));
            await bob.SaysAsync("alice > Hello by HTTP!");
            await served.Process.NoticesAsync("alice: online");
            served.Process.Terminate();
            Assert.Equal(Done, await served.Process.ExitAsync());
        }

        Assert.Empty(Directory.GetFiles(lab.StateOf("alice"), "*.sock"));
        await using var again = await ServedApi.StartAsync(lab.Nes, [], lab.Options("alice"));
        var listed = await lab.Nes.SucceedAsync(lab.Command("tokens", "alice", "list", "--json"));
        Assert.Equal("first", JsonDocument.Parse(listed.Output).RootElement.GetProperty("name").GetString());
        Assert.DoesNotContain("nes_", again.Process.Output, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task A_token_made_before_the_first_start_is_the_only_one()
    {
        await using var lab = await JoinedAsync("alice");
        var token = (await lab.Nes.SucceedAsync(lab.Command("tokens", "alice", "create", "bot", "--scope", "send"))).Output.Trim();
        await using var served = await ServedApi.StartAsync(lab.Nes, [], lab.Options("alice"));
        using var http = new HttpClient { BaseAddress = served.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal("alice", await http.UserAsync());
        Assert.DoesNotContain("\"token\"", served.Process.Output, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task Commands_hand_over_to_it_and_a_second_one_is_told_who_serves()
    {
        await using var lab = await JoinedAsync("alice", "bob");
        await using var served = await ServedApi.StartAsync(lab.Nes, ["alice"], lab.Options("alice"));
        await using var bob = await ServedApi.StartAsync(lab.Nes, ["bob"], lab.Options("bob"));

        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "handed over", "--wait", "delivered"));
        var status = JsonDocument.Parse((await lab.Nes.SucceedAsync(lab.Command("status", "alice", "--json"))).Output).RootElement;
        Assert.Equal(served.Process.Id, status.GetProperty("process").GetInt32());
        Assert.Contains("handed over", (await lab.Nes.SucceedAsync(lab.Command("history", "alice", "bob"))).Output, StringComparison.Ordinal);
        Assert.Contains("bob", (await lab.Nes.SucceedAsync(lab.Command("contacts", "alice"))).Output, StringComparison.Ordinal);
        using var api = served.As("alice");
        Assert.Equal(["handed over"], await api.TextsAsync("bob"));

        var second = await lab.Nes.RunAsync(lab.Command("serve", "alice", "--listen", "http://127.0.0.1:0"));
        Assert.Equal(Usage, second.ExitCode);
        Assert.Contains($"process {served.Process.Id.ToString(CultureInfo.InvariantCulture)} serves alice", Assert.Single(second.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task Two_identities_have_a_token_each_and_no_variable_overrides_what_their_files_say()
    {
        await using var lab = await JoinedAsync("alice", "bob");
        var nes = new NesProgram(lab.Home)
        {
            Environment = new Dictionary<string, string> { ["NES_USERNAME"] = "mallory", ["MQTT_BROKER_ADDRESS"] = "mqtt://127.0.0.1:9", ["STATE_DIR"] = Path.Combine(lab.Home, "shared") },
        };
        await using var served = await ServedApi.StartAsync(nes, ["alice", "bob"], "-c", lab.ConfigOf("alice"), "-c", lab.ConfigOf("bob"));
        using var alice = served.As("alice");
        using var bob = served.As("bob");
        Assert.Equal(("alice", "bob"), (await alice.UserAsync(), await bob.UserAsync()));
        Assert.Equal("delivered", await alice.SendAsync("bob", "from alice"));
        Assert.Equal("delivered", await bob.SendAsync("alice", "from bob"));
        Assert.Equal(["from alice", "from bob"], await bob.TextsAsync("alice"));
    }

    [RealPartFact(Lab.Program)]
    public async Task It_goes_on_beside_a_listener_when_that_ends()
    {
        await using var lab = await JoinedAsync("alice", "bob");
        await using var listener = lab.Nes.Start(lab.Command("listen", "alice"));
        await listener.NoticesAsync("online");
        await using var served = await ServedApi.StartAsync(lab.Nes, ["alice"], lab.Options("alice"));
        await using var other = await ServedApi.StartAsync(lab.Nes, ["bob"], lab.Options("bob"));
        using var alice = served.As("alice");
        using var bob = other.As("bob");
        Assert.Equal("delivered", await bob.SendAsync("alice", "first"));
        await listener.SaysAsync("bob > first");

        await listener.KillAsync();
        await served.Process.NoticesAsync("going on without it");
        Assert.Equal("delivered", await bob.SendAsync("alice", "second"));
        Assert.Equal(["first", "second"], await alice.TextsAsync("bob"));
    }

    [RealPartFact(Lab.Program)]
    public async Task A_session_that_cannot_go_on_ends_it_and_it_says_why()
    {
        await using var lab = await JoinedAsync("alice");
        await using var listener = lab.Nes.Start(lab.Command("listen", "alice"));
        await listener.NoticesAsync("online");
        await using var served = await ServedApi.StartAsync(lab.Nes, ["alice"], lab.Options("alice"));
        File.Delete(Path.Combine(lab.Home, ".nes", "alice-rsa-sign"));

        await listener.KillAsync();
        Assert.Equal(NotFound, await served.Process.ExitAsync());
        Assert.Contains("nes: alice has no key", served.Process.Error, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task Tls_is_shown_to_who_trusts_the_authority()
    {
        await using var lab = await JoinedAsync("alice");
        using var certificates = TestCertificates.Create("127.0.0.1");
        await using var served = await ServedApi.StartAsync(
            lab.Nes, ["alice"], [.. lab.Options("alice"), "--listen", "https://127.0.0.1:0", "--cert", certificates.ServerFile, "--cert-key", certificates.ServerKeyFile]);
        using var authority = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(certificates.CaFile));
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck } },
        };
        using var alice = served.As("alice", handler);
        Assert.Equal("https", served.Address.Scheme);
        Assert.Equal("alice", await alice.UserAsync());
        using var stranger = served.As("alice");
        await Assert.ThrowsAsync<HttpRequestException>(stranger.UserAsync);
    }

    [RealPartFact(Lab.Program, "mkfifo")]
    public async Task A_browser_is_opened_by_a_file_that_leads_to_the_link_which_signs_in_once()
    {
        await using var lab = await JoinedAsync("alice");
        var opened = Path.Combine(lab.Home, "opened");
        using (var mkfifo = Process.Start("mkfifo", [opened])) await mkfifo.WaitForExitAsync();
        var programs = Directory.CreateDirectory(Path.Combine(lab.Home, "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(programs, "xdg-open"), $"#!/bin/sh\n{{ echo \"$1\"; cat \"$1\"; }} > '{opened}'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(programs, "xdg-open"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var nes = new NesProgram(lab.Home) { Environment = new Dictionary<string, string> { ["DISPLAY"] = ":99", ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}" } };

        await using var served = await ServedApi.StartAsync(nes, [], [.. lab.Options("alice"), "--open"]);
        var link = JsonDocument.Parse(await served.Process.SaysAsync("\"link\"")).RootElement.GetProperty("value").GetString()!;
        var shown = (await Task.Run(() => File.ReadAllText(opened)).WaitAsync(TimeSpan.FromSeconds(60))).Split('\n', 2);
        Assert.Equal(Path.Combine(lab.StateOf("alice"), "open.html"), shown[0]);
        Assert.Contains($"href=\"{WebUtility.HtmlEncode(link)}\"", shown[1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(shown[0]));

        using var http = new HttpClient { BaseAddress = served.Address };
        var code = new { code = link.Split("#code=")[1] };
        using var first = await http.PostAsJsonAsync("/v1/sign-in", code);
        using var second = await http.PostAsJsonAsync("/v1/sign-in", code);
        Assert.Equal((true, HttpStatusCode.Unauthorized), (first.IsSuccessStatusCode, second.StatusCode));
        served.Process.Terminate();
        Assert.Equal(Done, await served.Process.ExitAsync());
        Assert.False(File.Exists(shown[0]));
    }

    [RealPartFact(Lab.Program)]
    public async Task An_address_that_others_reach_is_refused_without_tls()
    {
        await using var lab = await JoinedAsync("alice");
        var refused = await lab.Nes.RunAsync(lab.Command("serve", "alice", "--listen", "http://0.0.0.0:0"));
        Assert.Equal(Usage, refused.ExitCode);
        Assert.Contains("--allow-plain", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nes_", refused.Output, StringComparison.Ordinal);
    }

    private static async Task<Lab> JoinedAsync(params string[] users)
    {
        var lab = await Lab.StartAsync();
        foreach (var user in users) await lab.JoinAsync(user);
        return lab;
    }
}
