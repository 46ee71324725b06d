using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Support;

/// <summary>A directory that proves its records in the hands of the test: honest until the test says otherwise, and then it signs what no honest one would.</summary>
internal sealed class ProvingDirectory : IAsyncDisposable
{
    private static readonly Lazy<RsaPrivateKey[]> Keys = new(() => [.. Enumerable.Range(0, 4).Select(_ => RsaPrivateKey.Generate(2048))]);

    private readonly ConcurrentDictionary<string, (int Status, byte[] Body, string MediaType)> _answers = new();
    private StubServer _server = null!;

    /// <summary>The key that is handed to the users.</summary>
    public static RsaPrivateKey First => Keys.Value[0];

    public static RsaPrivateKey Second => Keys.Value[1];

    public static RsaPrivateKey Third => Keys.Value[2];

    /// <summary>Of nobody who has a say here.</summary>
    public static RsaPrivateKey Foreign => Keys.Value[3];

    public static Digest Id => Digest.Of(First.PublicKey);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public FreshPrivateKey Fresh { get; set; } = FreshPrivateKey.Generate();

    /// <summary>What signs records and documents now.</summary>
    public RsaPrivateKey Key { get; set; } = First;

    public VolatileDirectoryMemory Memory { get; } = new();

    public Uri Address => _server.Address;

    /// <summary>All that was asked, as <c>METHOD /path?query</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The body of the last request that had one.</summary>
    public string LastBody { get; private set; } = "";

    public int DocumentRequests => Requests.Count(request => request == "GET /directory");

    public static async Task<ProvingDirectory> StartAsync()
    {
        var directory = new ProvingDirectory();
        directory._server = await StubServer.StartAsync(directory.AnswerAsync, isPlain: false);
        directory.Say();
        return directory;
    }

    public HttpKeyDirectory Client(IDirectoryMemory? memory = null, RsaPrivateKey? anchor = null) => new(
        new HttpKeyDirectoryOptions(Address, (anchor ?? First).PublicKey.ToPem()) { Timeout = Patience.Limit, Clock = Clock, Memory = memory ?? Memory });

    public void Answer(string request, int status, byte[] body, string mediaType = "application/json") => _answers[request] = (status, body, mediaType);

    public void Answer(string request, int status, string body, string mediaType = "text/plain") => Answer(request, status, Encoding.UTF8.GetBytes(body), mediaType);

    public void Forget(string request) => _answers.TryRemove(request, out _);

    /// <summary>Answers <c>GET /directory</c>, with changes of key that lead to <see cref="Key"/>.</summary>
    public void Say(params ReadOnlySpan<SignedBytes> rotations) => Say(Document(rotations.Length), rotations);

    public void Say(DirectoryDocument document, params ReadOnlySpan<SignedBytes> rotations) =>
        Answer("GET /directory", 200, new DirectoryAnswer(SignedBytes.Sign(Key, document.ToJson()), rotations.ToArray()).ToJson());

    public DirectoryDocument Document(int rev = 0) => new(
        Id, rev, Key.PublicKey.ToPem(), Fresh.PublicKey.Export(), Millis(Clock.GetUtcNow()), Millis(Clock.GetUtcNow()) + DirectoryDocument.MaxLifetime);

    /// <summary>A change of key, signed by the key before unless the test has another in mind.</summary>
    public SignedBytes Rotation(int rev, RsaPrivateKey from, RsaPrivateKey to, RsaPrivateKey? signer = null, Digest? directory = null) => SignedBytes.Sign(
        signer ?? from, new KeyRotation(directory ?? Id, rev, Digest.Of(from.PublicKey), to.PublicKey.ToPem(), Millis(Clock.GetUtcNow())).ToJson());

    /// <summary>An active record with the vectors' keys of somebody.</summary>
    public DirectoryRecord Record(string user = "bob", long rev = 1, Digest? prev = null, string keysOf = "ben") =>
        new(Id, Username.Parse(user), rev, RecordStatus.Active, Millis(Clock.GetUtcNow()))
        {
            MessageKey = TestKeys.Message(keysOf),
            SignKey = TestKeys.Sign(keysOf),
            Prev = rev == 1 ? null : prev ?? Digest.Of("before"u8),
        };

    /// <summary>The same user without keys.</summary>
    public DirectoryRecord Gone(RecordStatus status, string user = "bob", long rev = 2, Digest? prev = null) =>
        new(Id, Username.Parse(user), rev, status, Millis(Clock.GetUtcNow())) { Prev = prev ?? Digest.Of("before"u8) };

    /// <summary>Serves a record under a name, its own or another.</summary>
    public void Serve(DirectoryRecord record, string? under = null, Freshness? fresh = null)
    {
        var user = under ?? record.User.Value;
        var body = BodyOf(record, fresh);
        var isActive = record.Status == RecordStatus.Active;
        if (isActive) Answer($"GET /users/{user}", 200, body);
        else Answer($"GET /users/{user}", 404, "user not found");
        if (!isActive) Answer($"GET /users/{user}?proof=1", 404, body);
    }

    public byte[] BodyOf(DirectoryRecord record, Freshness? fresh = null)
    {
        var response = record.ToJson();
        return RecordAnswer.Write(RecordAnswer.SignedPart(Key, response), fresh ?? FreshOf(response));
    }

    public Freshness FreshOf(ReadOnlySpan<byte> response) => Freshness.Sign(Fresh, Id, response, Clock.GetUtcNow(), Freshness.MaxLifetime);

    public static DateTimeOffset Millis(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = $"{context.Request.Method} {new Uri(context.Request.GetDisplayUrl()).PathAndQuery}";
        Requests.Enqueue(request);
        if (context.Request.ContentLength > 0)
        {
            using var reader = new StreamReader(context.Request.Body);
            LastBody = await reader.ReadToEndAsync();
        }
        var (status, body, mediaType) = _answers.GetValueOrDefault(request, (404, "user not found\n"u8.ToArray(), "text/plain"));
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        await context.Response.Body.WriteAsync(body);
    }
}
