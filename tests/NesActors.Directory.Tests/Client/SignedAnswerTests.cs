using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

/// <summary>Bodies that are signed, but shaped so that two parsers could read them differently.</summary>
public sealed class SignedAnswerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"public_key_message\" : \"a\\u002b\" , \"n\":1, \"o\":{\"x\":[]}, \"public_key_sign\":\"b\"  }")]
    [InlineData("{\n}")]
    public async Task Takes_the_bytes_as_they_stand(string response)
    {
        Assert.IsType<LookupResult.Found>(await LookUpAsync(Signer.Answer(response)));
        Assert.IsType<LookupResult.Found>(await LookUpAsync($" {{ \"x\" : [1,{{}}], \"signature\" : \"{Signer.Sign(response)}\" , \"response\" : {response} }} \n"));
    }

    [Fact]
    public async Task Keeps_the_members_that_are_texts()
    {
        var found = Assert.IsType<LookupResult.Found>(await LookUpAsync(Signer.Answer("{\"a\":\"\\u0031\",\"n\":1,\"o\":{\"p\":\"q\"},\"z\":null}")));
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1" }, found.Record.Entries);
    }

    [Theory]
    [InlineData("{\"public_key_sign\":\"a\",\"public_key_sign\":\"b\"}")]
    [InlineData("{\"public_key_sign\":\"a\",\"Public_Key_Sign\":\"b\"}")]
    [InlineData("{\"PUBLIC_KEY_SIGN\":\"a\"}")]
    [InlineData("{\"public_\u212aey_sign\":\"a\"}")]
    [InlineData("{\"public_key_\\u017fign\":\"a\"}")]
    [InlineData("{\"v\":1,\"V\":2}")]
    [InlineData("{\"\\ud800\":\"a\"}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public async Task Refuses_an_ambiguous_record_even_when_it_is_signed(string response) =>
        Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(Signer.Answer(response)));

    [Fact]
    public async Task Refuses_a_record_of_more_members_than_anybody_needs()
    {
        var members = string.Join(',', Enumerable.Range(0, 65).Select(i => $"\"m{i}\":\"\""));
        Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(Signer.Answer($"{{{members}}}")));
    }

    [Fact]
    public async Task Refuses_what_surrounds_a_signed_record_ambiguously()
    {
        var signature = Signer.Sign("{}");
        string[] bodies =
        [
            $"{{\"response\":{{}},\"signature\":\"{signature}\"}}x",
            $"{{\"response\":{{}},\"signature\":\"{signature}\"}}{{}}",
            $"{{\"response\":{{}},\"signature\":\"{signature}\"",
            $"{{\"response\":{{}},\"response\":{{}},\"signature\":\"{signature}\"}}",
            $"{{\"response\":{{}},\"Response\":{{}},\"signature\":\"{signature}\"}}",
            $"{{\"Response\":{{}},\"signature\":\"{signature}\"}}",
            $"{{\"response\":{{}},\"signature\":\"{signature}\",\"Signature\":\"\"}}",
            $"{{\"response\":{{}},\"\u017fignature\":\"{signature}\"}}",
            $"{{\"response\":{{}},\"signature\":[\"{signature}\"]}}",
            $"{{\"response\":{{}},\"signature\":\"\"}}",
            $"{{\"response\":{{}},\"signature\":null}}",
            $"{{\"response\":{{}},\"signature\":\"{signature.Replace('-', '+')}%\"}}",
            $"[{{\"response\":{{}},\"signature\":\"{signature}\"}}]",
            $"{{\"x\":{{\"response\":{{}},\"signature\":\"{signature}\"}}}}",
            $"\uFEFF{{\"response\":{{}},\"signature\":\"{signature}\"}}",
            "{\"response\":" + new string('[', 5000),
            "\0", "{", "null", "7",
        ];
        foreach (var body in bodies) Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(body));
    }

    [Fact]
    public async Task Random_damage_is_never_believed_and_never_thrown()
    {
        var random = new Random(20261122);
        var valid = System.Text.Encoding.UTF8.GetBytes(Signer.Answer("{\"public_key_sign\":\"abc\"}"));
        byte[] damaged = valid;
        await using var server = await StubServer.StartAsync(context => context.Response.Body.WriteAsync(damaged).AsTask());
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(server.Address, Signer.PublicKeyPem) { Timeout = Patience.Limit });
        for (var i = 0; i < 300; i++)
        {
            damaged = valid.ToArray();
            // Inside "response" and what stands around it; another spelling of a signature is another matter.
            damaged[random.Next(35)] ^= (byte)random.Next(1, 256);
            Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Username.Parse("amy"), CancellationToken.None));
        }
    }

    private async Task<LookupResult> LookUpAsync(string body)
    {
        await using var server = await StubServer.AnsweringAsync(200, body);
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(server.Address, Signer.PublicKeyPem) { Timeout = Patience.Limit });
        return await client.LookUpAsync(Username.Parse("amy"), CancellationToken.None);
    }
}
