using System.Diagnostics;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>What we seal, taken apart by another program: <c>openssl</c>.</summary>
public sealed class OpenSslCliTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-openssl-");

    [RealPartFact("openssl")]
    public async Task The_openssl_program_decrypts_and_verifies_what_we_seal()
    {
        var keys = VectorKeys.On(EngineName.OpenSsl);
        var message = new Message(VectorUser.Amy.Username, VectorUser.Dan.Username, FrameVectors.Now, "zażółć 🙂 \"quoted\" \u0001");
        using var frame = JsonDocument.Parse(keys.Identity("amy").Seal(message, keys.Peer("dan-4096")));
        var key = Write("key.pem", VectorUser.Dan.PrivateMessagePem);
        var signer = Write("signer.pem", VectorUser.Amy.PublicSignPem);
        var (secret, plaintext) = (Name("secret"), Name("plaintext"));
        await RunAsync("pkeyutl", "-decrypt", "-inkey", key, "-pkeyopt", "rsa_padding_mode:pkcs1", "-in", WritePart(frame, "cipherkey"), "-out", secret);
        var bytes = await File.ReadAllBytesAsync(secret);

        await RunAsync("enc", "-d", "-aes-256-cbc", "-K", Convert.ToHexString(bytes[..32]), "-iv", Convert.ToHexString(bytes[32..]), "-in", WritePart(frame, "ciphertext"), "-out", plaintext);
        await RunAsync("dgst", "-sha256", "-verify", signer, "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:222", "-signature", WritePart(frame, "signature"), plaintext);

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(plaintext));
        Assert.Equal(48, bytes.Length);
        Assert.Equal(message.Text, json.RootElement.GetProperty("message").GetString());
        Assert.Equal(["from", "to", "timestamp", "message", "nonce", "pad"], json.RootElement.EnumerateObject().Select(field => field.Name));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(RealParts.Require("openssl"), arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(process.ExitCode == 0, $"openssl {arguments[0]}: {error}{await output}");
    }

    private string WritePart(JsonDocument frame, string name)
    {
        var text = frame.RootElement.GetProperty(name).GetString()!;
        var file = Name(name);
        File.WriteAllBytes(file, Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/')));
        return file;
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(Name(name), content);
        return Name(name);
    }

    private string Name(string name) => Path.Combine(_folder.FullName, name);
}
