using System.Net;
using System.Text.Json.Nodes;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class PossessionSpec(Database database) : ServerSpec(database)
{
    private const string KeyTaken = "key belongs to another user";

    [SkippableFact]
    public async Task Takes_a_registration_with_proof() =>
        await RegisterAsync(Directory.Owner("amy").Registration("amy")).ShouldBeAsync(HttpStatusCode.Created, "user created");

    [SkippableFact]
    public async Task Refuses_a_proof_of_something_else()
    {
        var (amy, ben) = (Directory.Owner("amy"), Directory.Owner("ben"));
        foreach (var other in new[] { amy.Registration("ben"), amy.Registration("amy", "else@example.org"), ben.Registration("amy"), amy.Recovery("amy") })
        {
            var registration = amy.Registration("amy");
            registration["signature"] = other["signature"]!.GetValue<string>();
            await RegisterAsync(registration).ShouldBeAsync(HttpStatusCode.BadRequest, "signature verification error");
        }
    }

    [SkippableFact]
    public async Task Refuses_keys_of_another_user_without_proof()
    {
        await Directory.OwnerOfAsync("amy");
        await Directory.RegisterAsync("amy-too", keysOf: "amy").ShouldBeAsync(HttpStatusCode.BadRequest, KeyTaken);
    }

    [SkippableFact]
    public async Task Takes_one_owner_s_keys_under_two_names_with_proof()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        await RegisterAsync(amy.Registration("amy-too")).ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [SkippableTheory]
    [InlineData("public_key_message", "public_key_message")]
    [InlineData("public_key_message", "public_key_sign")]
    [InlineData("public_key_sign", "public_key_message")]
    public async Task Refuses_one_key_of_another_owner_in_either_place(string place, string theirs)
    {
        var (amy, ben) = (await Directory.OwnerOfAsync("amy"), Directory.Owner("ben"));
        var registration = Unproven(ben);
        registration[place] = Unproven(amy)[theirs]!.GetValue<string>();
        await RegisterAsync(registration).ShouldBeAsync(HttpStatusCode.BadRequest, KeyTaken);
    }

    [SkippableFact]
    public async Task Keys_of_who_is_gone_are_free()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        (await Directory.SendAsync("DELETE", "users/amy", amy.Deletion(await Directory.RecordAsync("amy")))).Dispose();
        await Directory.RegisterAsync("amy-too", keysOf: "amy").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [SkippableFact]
    public async Task Refuses_a_change_to_a_message_key_of_another_owner()
    {
        var (amy, _) = (await Directory.OwnerOfAsync("amy"), await Directory.OwnerOfAsync("ben"));
        var first = await Directory.RecordAsync("amy");
        // Signed by its own sign keys, and the owner of the other key is not asked.
        using var cat = NesActors.Rsa.RsaPublicKey.FromPem(TestKeys.Sign("cat3072"));
        using var ben = NesActors.Rsa.RsaPublicKey.FromPem(TestKeys.Message("ben"));
        var statement = NesActors.Records.Statements.Change(amy.Directory, first.User, 2, first.Hash(), NesActors.Records.KeyDigests.Of(ben, cat));
        var change = amy.Change(first, Directory.Owner("cat3072"));
        (change["public_key_message"], change["signature_old"], change["signature_new"]) =
            (TestKeys.Message("ben"), amy.Sign(statement), Directory.Owner("cat3072").Sign(statement));
        await Directory.SendAsync("PUT", "users/amy/keys", change).ShouldBeAsync(HttpStatusCode.BadRequest, KeyTaken);
    }

    [SkippableFact]
    public async Task Of_racing_registrations_of_one_key_by_whoever_one_is_taken()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var response = await Directory.RegisterAsync($"user{i}");
            return response.StatusCode;
        }));
        Assert.Single(statuses, HttpStatusCode.Created);
    }

    private Task<HttpResponseMessage> RegisterAsync(JsonObject registration) => Directory.SendAsync("POST", "users", registration);

    private static JsonObject Unproven(TestOwner owner)
    {
        var registration = owner.Registration("ben");
        registration.Remove("signature");
        return registration;
    }
}

public sealed class PossessionTests() : PossessionSpec(Database.Sqlite)
{
    [Fact]
    public async Task Looks_again_when_a_link_is_followed()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Log);
        var (mallory, _) = await directory.RegisterForLinksAsync("mallory", keysOf: "amy");
        await directory.OwnerOfAsync("amy", ActivationMode.Log);
        await directory.Http.PostAsync(mallory, null).ShouldBeAsync(HttpStatusCode.Conflict, "key belongs to another user");
    }
}

public sealed class PostgresPossessionTests() : PossessionSpec(Database.Postgres);
