using System.Net;
using NesActors.Contracts;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Support;

/// <summary>Answers of a test's directory, taken only where every signature in them is right.</summary>
internal static class Checked
{
    /// <summary>What <c>GET /directory</c> says, its chain of keys followed from the first.</summary>
    public static async Task<DirectoryDocument> DocumentAsync(this TestDirectory directory, string? firstKey = null)
    {
        var answer = DirectoryAnswer.TryRead(await directory.Http.GetByteArrayAsync(new Uri("directory", UriKind.Relative)))!;
        var document = DirectoryDocument.TryRead(answer.Document.Response)!;
        var pem = firstKey ?? directory.Server.PublicKeyPem;
        foreach (var signed in answer.Rotations)
        {
            using var before = RsaPublicKey.FromPem(pem);
            Assert.True(before.VerifyPss(signed.Response.Span, signed.Signature));
            pem = KeyRotation.TryRead(signed.Response)!.Key;
        }
        using var key = RsaPublicKey.FromPem(pem);
        Assert.True(key.VerifyPss(answer.Document.Response.Span, answer.Document.Signature));
        Assert.Equal(pem, document.Key);
        Assert.InRange(directory.Clock.GetUtcNow(), document.Issued, document.Expires);
        return document;
    }

    /// <summary>A look-up that finds somebody.</summary>
    public static async Task<(DirectoryRecord Record, Freshness Fresh)> LookUpAsync(this TestDirectory directory, string user, string query = "", HttpStatusCode status = HttpStatusCode.OK, string? firstKey = null)
    {
        using var response = await directory.Http.GetAsync(new Uri($"users/{user}{query}", UriKind.Relative));
        Assert.Equal(status, response.StatusCode);
        var answer = RecordAnswer.TryRead(await response.Content.ReadAsByteArrayAsync())!;
        using var key = RsaPublicKey.FromPem(directory.Server.PublicKeyPem);
        Assert.True(key.VerifyPss(answer.Response.Span, answer.Signature));
        var document = await directory.DocumentAsync(firstKey);
        Assert.True(answer.Fresh!.IsFor(answer.Response.Span, document.Directory, FreshPublicKey.TryImport(document.FreshKey)!));
        Assert.True(answer.Fresh.Holds(directory.Clock.GetUtcNow(), TimeSpan.Zero));
        var record = DirectoryRecord.TryRead(answer.Response)!;
        Assert.Equal((user, document.Directory), (record.User.Value, record.Directory));
        return (record, answer.Fresh);
    }

    /// <summary>What a user says for suites, as a look-up shows it.</summary>
    public static async Task<SuiteStatements> PublishedAsync(this TestDirectory directory, string user) => (await directory.LookUpAsync(user)).Record.Published;

    /// <summary>A proof that there is nobody of a name.</summary>
    public static async Task<Absence> AbsenceAsync(this TestDirectory directory, string user)
    {
        using var response = await directory.Http.GetAsync(new Uri($"users/{user}?proof=1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var absence = Absence.TryRead(await response.Content.ReadAsByteArrayAsync())!;
        var document = await directory.DocumentAsync();
        Assert.True(absence.Holds(Username.Parse(user), document.Directory, FreshPublicKey.TryImport(document.FreshKey)!, directory.Clock.GetUtcNow(), TimeSpan.Zero));
        return absence;
    }
}
