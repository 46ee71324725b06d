using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Dapper;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class StartTests
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task The_first_start_makes_a_key_that_only_its_owner_may_read()
    {
        using var parent = new TempFolder();
        var folder = parent.File("data");
        await using (var server = await DirectoryServer.StartAsync(Options(folder), CancellationToken.None))
        {
            using var key = RSA.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(folder, "directory.pub")));
            Assert.Equal(4096, key.KeySize);
            Assert.Equal(server.PublicKeyPem, await File.ReadAllTextAsync(Path.Combine(folder, "directory.pub")));
        }
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(Secret | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(Secret, File.GetUnixFileMode(Path.Combine(folder, "directory.key")));
        Assert.Equal(Secret, File.GetUnixFileMode(Path.Combine(folder, "directory.db")));
    }

    [Fact]
    public async Task A_new_database_has_pages_that_answers_fill()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var database = directory.OpenDatabase();
        Assert.Equal(16384, database.ExecuteScalar<long>("PRAGMA page_size"));
    }

    [Fact]
    public async Task A_restart_keeps_the_key_and_the_users()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var registered = await directory.RegisterAsync("amy");
        var (key, answer) = (directory.Server.PublicKeyPem, await directory.Http.GetStringAsync(new Uri("users/amy", UriKind.Relative)));
        await directory.RestartAsync();
        Assert.Equal(key, directory.Server.PublicKeyPem);
        Assert.Equal(answer, await directory.Http.GetStringAsync(new Uri("users/amy", UriKind.Relative)));
    }

    [Fact]
    public async Task A_link_made_before_a_restart_works_after_it()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Log);
        var (activation, _) = await directory.RegisterForLinksAsync("amy");
        await directory.RestartAsync();
        await directory.Http.PostAsync(new Uri(activation.AbsolutePath, UriKind.Relative), null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
    }

    [Fact]
    public async Task Refuses_a_key_that_others_may_read()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        File.SetUnixFileMode(folder.File("directory.key"), Secret | UnixFileMode.OtherRead);
        var error = await RefusedAsync(Options(folder.Path));
        Assert.Contains("chmod 600", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_folder_that_others_may_write_to()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        File.SetUnixFileMode(folder.Path, Secret | UnixFileMode.UserExecute | UnixFileMode.GroupWrite);
        var error = await RefusedAsync(Options(folder.Path));
        Assert.Contains("chmod 700", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_key_file_that_holds_none()
    {
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        await File.WriteAllTextAsync(folder.File("directory.key"), "no key");
        Assert.Contains("directory.key", await RefusedAsync(Options(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_file_that_is_no_database()
    {
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        await File.WriteAllTextAsync(folder.File("directory.db"), new string('x', 5000));
        Assert.Contains("directory.db", await RefusedAsync(Options(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_address_is_in_use()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        var error = await RefusedAsync(Options(folder.Path) with { Listen = directory.Server.BaseAddress });
        Assert.Contains(directory.Server.BaseAddress.Authority, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/pubkey")]
    [InlineData("http://user@127.0.0.1:1")]
    [InlineData("http://example.org:80")]
    [InlineData("https://127.0.0.1:1")]
    public async Task Refuses_an_address_that_it_cannot_listen_on(string address)
    {
        using var folder = new TempFolder();
        await RefusedAsync(Options(folder.Path) with { Listen = new Uri(address) });
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Says_that_the_certificate_cannot_be_used()
    {
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        var options = Options(folder.Path) with { Listen = new Uri("https://127.0.0.1:0"), TlsCertificateFile = folder.File("missing.pem") };
        Assert.Contains("missing.pem", await RefusedAsync(options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_although_a_client_dawdles()
    {
        var directory = await TestDirectory.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, directory.Server.BaseAddress.Port);
        await client.GetStream().WriteAsync("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{"u8.ToArray());
        await directory.DisposeAsync().AsTask().WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Links_begin_with_the_public_address_where_one_is_set()
    {
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        var address = new Uri("https://keys.example.org/pubkey/");
        await using var server = await DirectoryServer.StartAsync(Options(folder.Path) with { PublicAddress = address }, CancellationToken.None);
        Assert.Equal(address, server.PublicAddress);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains("GET https://keys.example.org/pubkey/users/", await http.GetStringAsync(server.BaseAddress), StringComparison.Ordinal);
    }

    private static DirectoryOptions Options(string folder) =>
        new() { Listen = new Uri("http://127.0.0.1:0"), DataFolder = folder, Activation = ActivationMode.None };

    private static async Task<string> RefusedAsync(DirectoryOptions options) =>
        (await Assert.ThrowsAsync<DirectoryException>(() => DirectoryServer.StartAsync(options, CancellationToken.None))).Message;
}
