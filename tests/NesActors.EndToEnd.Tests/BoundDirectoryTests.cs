using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>The directory that a statement is for, over mosquitto with key directories as processes of their own.</summary>
public sealed class BoundDirectoryTests
{
    [RealPartFact(Lab.Program)]
    public async Task A_statement_is_for_the_directory_that_it_is_published_at_and_nes2_goes_on_when_that_changes_its_key()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        var (id, before) = (IdOf(Path.Combine(lab.Home, "directory", "directory.pub")), await StatementAsync(lab.Network[3], "bob"));
        Assert.Equal(id, DirectoryIn(before));
        await TalkAsync(lab, "under the first key of the directory");

        await lab.ChangeDirectoryAsync(data => lab.Nes.SucceedAsync("directory", "rotate-key", "--data", data));
        // The file has the new key by now, and the directory is the same.
        Assert.NotEqual(id, IdOf(Path.Combine(lab.Home, "directory", "directory.pub")));
        await TalkAsync(lab, "under the second");
        Assert.Equal(before, await StatementAsync(lab.Network[3], "bob"));
        foreach (var (one, other) in new[] { ("alice", "bob"), ("bob", "alice") })
            Assert.Contains("suite        nes2", (await lab.Nes.SucceedAsync("contacts", "show", other, "-u", one)).Output, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task The_same_keys_at_another_directory_get_a_statement_for_that_one()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await TalkAsync(lab, "at the first");
        var data = Path.Combine(lab.Home, "second");
        var (server, address) = await Lab.ServeAsync(lab.Home, data, "http://127.0.0.1:0");
        await using var second = server;
        string[] network = [.. lab.Network[..2], "-p", address, "-P", Path.Combine(data, "directory.pub")];

        foreach (var user in (string[])["alice", "bob"]) await lab.Nes.SucceedAsync(["register", "-u", user, "-e", $"{user}@example.org", .. network]);
        Assert.Equal(IdOf(Path.Combine(data, "directory.pub")), DirectoryIn(await StatementAsync(address, "bob")));
        Assert.Equal(IdOf(Path.Combine(lab.Home, "directory", "directory.pub")), DirectoryIn(await StatementAsync(lab.Network[3], "bob")));

        await using var bob = lab.Nes.Start(["listen", "-u", "bob", .. network]);
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(["send", "-u", "alice", "-t", "bob", "-m", "at the second", .. network]);
        await bob.SaysAsync("alice > at the second");
        // What somebody sends who still has the statement of the first one opens as well.
        await lab.Nes.SucceedAsync(["generate", "-u", "carol"]);
        await lab.Nes.SucceedAsync(["register", "-u", "carol", "-e", "carol@example.org", .. lab.Network]);
        await lab.Nes.SucceedAsync(["register", "-u", "carol", "-e", "carol@example.org", .. network]);
        await lab.Nes.SucceedAsync(lab.Command("send", "carol", "-t", "bob", "-m", "by the first"));
        await bob.SaysAsync("carol > by the first");
    }

    private static async Task TalkAsync(Lab lab, string text)
    {
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", text));
        await bob.SaysAsync($"alice > {text}");
        bob.Terminate();
        Assert.Equal(0, await bob.ExitAsync());
    }

    private static async Task<byte[]> StatementAsync(string directory, string user)
    {
        using var http = new HttpClient();
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{directory}/users/{user}")));
        return Base64Url.DecodeFromChars(answer.RootElement.GetProperty("response").GetProperty("statement_nes2").GetString());
    }

    /// <summary>The field behind the domain and the user's name (docs/protocol-nes2.md).</summary>
    private static string DirectoryIn(byte[] statement)
    {
        var at = Encoding.ASCII.GetByteCount("nes2/statement/v1\0");
        at += 2 + statement[at + 1];
        return Convert.ToHexStringLower(statement.AsSpan(at + 2, statement[at + 1]));
    }

    private static string IdOf(string publicKeyFile)
    {
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(publicKeyFile));
        return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }
}
