using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Server;

/// <summary>What an attacker sends to each address of an owner. Nothing of it changes the record, ends in a failure of the server or hangs.</summary>
public abstract class HostileOwnerRequestSpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    private static readonly string[] Hostile =
    [
        "", " ", "'", "' OR 1=1 --", "\"; DROP TABLE users; --", "../../directory.key", "..%2f..", "amy\0", "\r\nSet-Cookie: a=b", "\u202e", "💩", "AAAA", "====", "+/+/",
        "ben", "Amy", new string('A', 40_000),
    ];

    private TestOwner _amy = null!;
    private DirectoryRecord _record = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _amy = await Directory.OwnerOfAsync("amy", ActivationMode.Log);
        await Directory.OwnerOfAsync("ben", ActivationMode.Log);
        _record = await Directory.RecordAsync("amy");
        (await Directory.SendAsync("POST", "users/amy/recovery", Directory.Owner("cat3072").Recovery("amy"))).Dispose();
    }

    public override async Task DisposeAsync()
    {
        if (_record is not null) Assert.Equal(_record, await Directory.RecordAsync("amy"));
        await base.DisposeAsync();
    }

    [SkippableFact]
    public Task Refuses_a_statement_of_another_directory() => RefusedAsync(_amy with { Directory = Digest.Of("another"u8) }, _record, "amy");

    [SkippableFact]
    public Task Refuses_a_statement_about_another_user() => RefusedAsync(_amy, _record with { User = OwnerClient.Name("ben") }, "ben");

    [SkippableFact]
    public Task Refuses_a_statement_by_another_user() => RefusedAsync(Directory.Owner("ben"), _record, "amy");

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(long.MaxValue - 1)]
    public async Task Refuses_another_revision(long rev)
    {
        await Directory.SendAsync("PUT", "users/amy/keys", _amy.Change(_record with { Rev = rev }, Directory.Owner("dan-4096"))).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
        await Directory.SendAsync("DELETE", "users/amy", _amy.Deletion(_record with { Rev = rev })).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
    }

    [SkippableFact]
    public async Task Refuses_another_record_before()
    {
        var forged = _record with { Since = _record.Since.AddSeconds(1) };
        await Directory.SendAsync("PUT", "users/amy/keys", _amy.Change(forged, Directory.Owner("dan-4096"))).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
        await Directory.SendAsync("DELETE", "users/amy", _amy.Deletion(forged)).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
    }

    [SkippableFact]
    public async Task Refuses_a_signature_of_one_kind_for_another()
    {
        var requests = Requests(_amy, _record, "amy");
        var signatures = requests.ToDictionary(request => request.Path, request => request.Body.Last().Value!.GetValue<string>());
        foreach (var (method, path, body) in requests)
        {
            var member = body.ContainsKey("signature") ? "signature" : "signature_old";
            foreach (var (_, signature) in signatures.Where(signature => signature.Key != path))
            {
                body[member] = signature;
                await Directory.SendAsync(method, path, body).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
            }
        }
    }

    [SkippableFact]
    public async Task Refuses_hostile_text_in_every_member()
    {
        foreach (var (method, path, request) in Requests(_amy, _record, "amy"))
        {
            foreach (var member in request.Select(member => member.Key).ToArray())
            {
                foreach (var value in Hostile)
                {
                    var body = request.DeepClone().AsObject();
                    body[member] = value;
                    await RefusedAsync(method, path, body.ToJsonString());
                }
            }
        }
    }

    [SkippableFact]
    public async Task Refuses_members_of_another_type_that_are_missing_doubled_or_of_another_case()
    {
        foreach (var (method, path, request) in Requests(_amy, _record, "amy"))
        {
            foreach (var (member, value) in request.ToArray())
            {
                foreach (var other in (string[])["null", "true", "1.5", "-1", "1e99", "[]", "{}", "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "\"\\ud800\""])
                {
                    var body = request.ToJsonString().Replace($"\"{member}\":{value!.ToJsonString()}", $"\"{member}\":{other}", StringComparison.Ordinal);
                    await RefusedAsync(method, path, body);
                }
                var json = request.ToJsonString();
                await RefusedAsync(method, path, $"{{\"{member}\":{value!.ToJsonString()},{json[1..]}");
                await RefusedAsync(method, path, $"{{\"{member.ToUpperInvariant()}\":{value.ToJsonString()},{json[1..]}");
                await RefusedAsync(method, path, json.Replace($"\"{member}\"", $"\"{member.ToUpperInvariant()}\"", StringComparison.Ordinal));
                await RefusedAsync(method, path, json.Replace($"\"{member}\"", "\"other\"", StringComparison.Ordinal));
            }
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"signature\"")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{}{}")]
    [InlineData("{\"signature\":\"AAAA\"")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task Refuses_what_is_no_request(string body)
    {
        foreach (var (method, path, _) in Requests(_amy, _record, "amy"))
            await Directory.SendAsync(method, path, body).ShouldBeAsync(HttpStatusCode.BadRequest, "request decode error");
    }

    [SkippableFact]
    public async Task Refuses_a_body_larger_than_64_KiB()
    {
        foreach (var (method, path, body) in Requests(_amy, _record, "amy"))
        {
            body["padding"] = new string('x', 70_000);
            await Directory.SendAsync(method, path, body).ShouldBeAsync(HttpStatusCode.RequestEntityTooLarge, "request too large");
        }
    }

    [SkippableFact]
    public async Task Drops_a_body_that_breaks_off()
    {
        foreach (var (method, path, body) in Requests(_amy, _record, "amy"))
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Directory.Server.BaseAddress.Port);
            var (stream, bytes) = (client.GetStream(), Encoding.UTF8.GetBytes(body.ToJsonString()));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} /{path} HTTP/1.1\r\nHost: x\r\nContent-Length: {bytes.Length}\r\n\r\n"));
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - 10));
            client.Client.Shutdown(SocketShutdown.Send);
            Assert.DoesNotContain(" 200 ", await ReadToEndAsync(stream), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Directory.Log.All, line => line.StartsWith("Error:", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("AMY")]
    [InlineData("am")]
    [InlineData("amy'%20OR%20'1'='1")]
    [InlineData("..%2famy")]
    [InlineData("%2e%2e%2fdirectory.key")]
    [InlineData("amy%0d%0aX-Header:%201")]
    [InlineData("amy%00")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Knows_nobody_by_another_name(string name)
    {
        foreach (var (method, path, body) in Requests(_amy, _record, "amy"))
        {
            using var response = await Directory.SendAsync(method, path.Replace("amy", name, StringComparison.Ordinal), body);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{response.StatusCode}");
        }
    }

    [SkippableFact]
    public async Task Random_damage_never_ends_in_a_failure_of_the_server()
    {
        var random = new Random(20261122);
        foreach (var (method, path, body) in Requests(_amy, _record, "amy"))
        {
            var valid = Encoding.UTF8.GetBytes(body.ToJsonString());
            for (var i = 0; i < 60; i++)
            {
                var damaged = valid.ToArray();
                for (var n = random.Next(1, 4); n > 0; n--) damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(damaged) };
                using var response = await Directory.Http.SendAsync(request);
                Assert.InRange((int)response.StatusCode, 400, 409);
            }
        }
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream);
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(Patience.Limit);
        }
        catch (IOException)
        {
            return "reset";
        }
    }

    // Each of them would be taken, if owner, record and name were the right ones.
    private (string Method, string Path, JsonObject Body)[] Requests(TestOwner owner, DirectoryRecord record, string user) =>
    [
        ("PUT", "users/amy/keys", owner.Change(record, Directory.Owner("dan-4096") with { Directory = owner.Directory })),
        ("PUT", "users/amy/statement", owner.Publication(record, "nes2", "said", 1)),
        ("POST", "users/amy/revoke", owner.Revocation(user)),
        ("DELETE", "users/amy", owner.Deletion(record)),
        ("POST", "users/amy/recovery", (Directory.Owner("dan-4096") with { Directory = owner.Directory }).Recovery(user)),
        ("POST", "users/amy/recovery/veto", owner.Veto(user, Directory.Owner("cat3072"))),
    ];

    private async Task RefusedAsync(TestOwner owner, DirectoryRecord record, string user)
    {
        foreach (var (method, path, body) in Requests(owner, record, user))
        {
            // Nobody needs to be the present owner to ask for a recovery.
            if (path.EndsWith("recovery", StringComparison.Ordinal) && owner.Directory == _amy.Directory && user == "amy") continue;
            using var response = await Directory.SendAsync(method, path, body);
            Assert.True(response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Conflict, $"{response.StatusCode}");
        }
    }

    private async Task RefusedAsync(string method, string path, string body)
    {
        using var response = await Directory.SendAsync(method, path, body);
        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{(int)response.StatusCode} for {method} {path} {body}");
    }
}

public sealed class HostileOwnerRequestTests() : HostileOwnerRequestSpec(Database.Sqlite);

public sealed class PostgresHostileOwnerRequestTests() : HostileOwnerRequestSpec(Database.Postgres);
