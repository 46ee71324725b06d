using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using NesActors.EndToEnd.Tests.Support;

namespace NesActors.EndToEnd.Tests;

/// <summary>What the process of a key directory writes for whoever collects logs.</summary>
public sealed partial class DirectoryLogTests
{
    private const string Email = "amy@example.org";

    [Fact]
    public async Task Each_line_of_the_log_is_json_and_none_has_an_address()
    {
        var folder = Directory.CreateTempSubdirectory("nes-log-");
        try
        {
            await using var directory = new NesProgram(folder.FullName).Start(
                "directory", "serve", "--listen", "http://127.0.0.1:0", "--data", Path.Combine(folder.FullName, "directory"), "--activation", "log", "--log-format", "json");
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var address = new Uri(Address().Match(await directory.NoticesAsync("listens on http://127.0.0.1:")).Value);
            using var registered = await http.PostAsJsonAsync(new Uri(address, "users"), Registration());
            Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
            await directory.NoticesAsync("amy registered.");
            directory.Terminate();
            Assert.Equal(0, await directory.ExitAsync());

            var lines = directory.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(lines);
            foreach (var line in lines)
            {
                using var json = JsonDocument.Parse(line);
                Assert.All((string[])["time", "level", "category", "message"], name => Assert.Equal(JsonValueKind.String, json.RootElement.GetProperty(name).ValueKind));
            }
            Assert.DoesNotContain(Email, directory.Output + directory.Error, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static object Registration()
    {
        using var message = RSA.Create(2048);
        using var sign = RSA.Create(2048);
        return new { username = "amy", email = Email, public_key_message = Pem(message), public_key_sign = Pem(sign) };

        static string Pem(RSA key) => key.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();
}
