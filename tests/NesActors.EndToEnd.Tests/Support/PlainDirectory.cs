using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NesActors.EndToEnd.Tests.Support;

/// <summary>
/// A key directory of the original's kind: it gives out the two RSA keys of a user, signed, and knows of nothing else. The keys are those in the home folder of the test, as if everybody there had registered.
/// </summary>
internal sealed class PlainDirectory : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly RSA _key = RSA.Create(2048);
    private readonly string _keys;

    private PlainDirectory(string home)
    {
        _keys = Path.Combine(home, ".nes");
        KeyFile = Path.Combine(home, "directory.pub");
        File.WriteAllText(KeyFile, _key.ExportSubjectPublicKeyInfoPem());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _web = builder.Build();
        _web.Run(AnswerAsync);
    }

    /// <summary>Where it is.</summary>
    public string Address => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The file with the key that it signs with.</summary>
    public string KeyFile { get; }

    public static async Task<PlainDirectory> StartAsync(string home)
    {
        var directory = new PlainDirectory(home);
        await directory._web.StartAsync();
        return directory;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _key.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/');
        if (context.Request.Method != HttpMethods.Get || path is not ["", "users", var user] || !user.All(char.IsAsciiLetterLower) || !File.Exists(KeyOf(user, "message")))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var response = JsonSerializer.Serialize(new { public_key_message = await File.ReadAllTextAsync(KeyOf(user, "message")), public_key_sign = await File.ReadAllTextAsync(KeyOf(user, "sign")) });
        var signature = _key.SignData(Encoding.UTF8.GetBytes(response), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"response":{{response}},"signature":"{{Convert.ToBase64String(signature).Replace('+', '-').Replace('/', '_')}}"}""");
    }

    private string KeyOf(string user, string use) => Path.Combine(_keys, $"{user}-rsa-{use}.pub");
}
