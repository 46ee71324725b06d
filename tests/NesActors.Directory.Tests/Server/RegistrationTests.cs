using System.Net;
using System.Security.Cryptography;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class RegistrationSpec(Database database) : ServerSpec(database)
{
    [SkippableFact]
    public async Task Takes_a_registration()
    {
        await Directory.RegisterAsync("amy").ShouldBeAsync(HttpStatusCode.Created, "user created");
        Assert.Equal(HttpStatusCode.OK, await LookUpAsync("amy"));
    }

    [SkippableFact]
    public async Task Refuses_a_name_that_is_taken()
    {
        using var first = await Directory.RegisterAsync("amy");
        await Directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
    }

    [SkippableTheory]
    [InlineData("Amy")]
    [InlineData("am")]
    [InlineData("")]
    [InlineData("amy/../ben")]
    [InlineData("amy\0")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public Task Refuses_a_name_that_is_none(string name) =>
        Directory.RegisterAsync(name).ShouldBeAsync(HttpStatusCode.BadRequest, "username validation error");

    [SkippableTheory]
    [InlineData("amy")]
    [InlineData("@example.org")]
    [InlineData("amy@")]
    [InlineData("a@b@c")]
    [InlineData("amy@example.org\r\nBcc:all")]
    [InlineData("amy@example.org,eve@example.net")]
    [InlineData("<amy@example.org>")]
    [InlineData("amy;eve@example.org")]
    [InlineData("amy@example.org\u2028Bcc:all")]
    [InlineData("amy\u202e@example.org")]
    [InlineData("amy@example.org\0")]
    public Task Refuses_an_address_that_is_none(string email) =>
        Directory.RegisterAsync("amy", email: email).ShouldBeAsync(HttpStatusCode.BadRequest, "email validation error");

    [SkippableFact]
    public Task Takes_an_address_of_254_octets() =>
        Directory.RegisterAsync("amy", email: new string('a', 242) + "@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");

    [SkippableTheory]
    [InlineData('a', 243)]
    [InlineData('é', 122)]
    public Task Refuses_an_address_of_more(char letter, int count) =>
        Directory.RegisterAsync("amy", email: new string(letter, count) + "@example.org").ShouldBeAsync(HttpStatusCode.BadRequest, "email validation error");

    [SkippableFact]
    public Task Refuses_one_key_for_both_uses() =>
        RegisterKeysAsync(TestKeys.Message("amy"), TestKeys.Message("amy")).ShouldBeAsync(HttpStatusCode.BadRequest, "both public keys are identical");

    [SkippableFact]
    public Task Sees_through_one_key_written_in_two_ways() =>
        RegisterKeysAsync(TestKeys.Message("amy"), TestKeys.Message("amy").Replace("\n", "\r\n", StringComparison.Ordinal))
            .ShouldBeAsync(HttpStatusCode.BadRequest, "both public keys are identical");

    [SkippableTheory]
    [InlineData(1024)]
    [InlineData(8200)]
    public Task Refuses_a_key_of_another_size(int bits) =>
        RegisterKeysAsync(bits == 1024 ? PublicKey(bits) : Oversized(bits), TestKeys.Sign("amy")).ShouldBeAsync(HttpStatusCode.BadRequest, "decode key error");

    [SkippableFact]
    public Task Refuses_a_key_with_a_small_exponent()
    {
        using var rsa = RSA.Create(2048);
        var weak = rsa.ExportParameters(false) with { Exponent = [3] };
        return RegisterKeysAsync(Pem(weak), TestKeys.Sign("amy")).ShouldBeAsync(HttpStatusCode.BadRequest, "decode key error");
    }

    [SkippableFact]
    public Task Refuses_what_is_no_rsa_key()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return RegisterKeysAsync(curve.ExportSubjectPublicKeyInfoPem(), TestKeys.Sign("amy")).ShouldBeAsync(HttpStatusCode.BadRequest, "decode key error");
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n")]
    public Task Refuses_what_is_no_key(string pem) =>
        RegisterKeysAsync(pem, TestKeys.Sign("amy")).ShouldBeAsync(HttpStatusCode.BadRequest, "decode key error");

    private Task<HttpResponseMessage> RegisterKeysAsync(string message, string sign) =>
        Directory.RegisterAsync(new { username = "amy", email = "amy@example.org", public_key_message = message, public_key_sign = sign });

    private async Task<HttpStatusCode> LookUpAsync(string user)
    {
        using var response = await Directory.Http.GetAsync(new Uri($"users/{user}", UriKind.Relative));
        return response.StatusCode;
    }

    private static string PublicKey(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    // No key of that size needs to be made: the directory cannot tell, and must refuse it by its size.
    private static string Oversized(int bits)
    {
        var modulus = RandomNumberGenerator.GetBytes(bits / 8);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        return Pem(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
    }

    private static string Pem(RSAParameters parameters)
    {
        using var rsa = RSA.Create(parameters);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}

public sealed class RegistrationTests() : RegistrationSpec(Database.Sqlite);

public sealed class PostgresRegistrationTests() : RegistrationSpec(Database.Postgres);
