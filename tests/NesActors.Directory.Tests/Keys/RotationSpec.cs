using NesActors.Directory.Keys;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Keys;

public abstract class RotationSpec(Database database) : ServerSpec(database)
{
    [SkippableFact]
    public async Task All_records_are_signed_by_the_new_key_those_asked_for_first()
    {
        foreach (var user in (string[])["amy", "ben", "cat"]) (await Directory.RegisterAsync(user, user == "cat" ? "cat3072" : user)).Dispose();
        (await Directory.SendAsync("PUT", "users/amy/statement", Directory.Owner("amy").Publication(await Directory.RecordAsync("amy"), "nes2", "what amy says", 7))).Dispose();
        var (before, _) = await Directory.LookUpAsync("amy");
        var firstKey = Directory.Server.PublicKeyPem;
        await RotateAsync();
        Assert.NotEqual(firstKey, Directory.Server.PublicKeyPem);
        var (after, _) = await Directory.LookUpAsync("amy", firstKey: firstKey);
        Assert.Equal(before, after);
        Assert.Equal("what amy says", after.Published.Texts["nes2"]);
        var document = await Directory.DocumentAsync(firstKey);
        Assert.Equal((before.Directory, 1), (document.Directory, document.Rev));

        await Directory.Log.NextAsync("records signed by the new key.");
        await Directory.RestartAsync();
        Assert.DoesNotContain(Directory.Log.All.SkipWhile(line => !line.Contains("signed by the new key", StringComparison.Ordinal)).Skip(1), line => line.Contains("signed by the new key", StringComparison.Ordinal));
        foreach (var user in (string[])["amy", "ben", "cat"]) await Directory.LookUpAsync(user, firstKey: firstKey);
    }

    [SkippableFact]
    public async Task Registering_goes_on_with_the_new_key()
    {
        var firstKey = Directory.Server.PublicKeyPem;
        await RotateAsync();
        await RotateAsync();
        (await Directory.RegisterAsync("amy")).Dispose();
        var (record, _) = await Directory.LookUpAsync("amy", firstKey: firstKey);
        using var first = NesActors.Rsa.RsaPublicKey.FromPem(firstKey);
        Assert.Equal(NesActors.Records.Digest.Of(first), record.Directory);
    }

    [SkippableFact]
    public async Task The_document_is_signed_anew_each_day()
    {
        var first = await Directory.DocumentAsync();
        Assert.Equal(TimeSpan.FromDays(7), first.Expires - Directory.Clock.GetUtcNow());
        Directory.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first.Issued, (await Directory.DocumentAsync()).Issued);
        Directory.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Directory.Clock.GetUtcNow(), (await Directory.DocumentAsync()).Issued);
    }

    [SkippableFact]
    public async Task The_key_is_not_changed_under_a_server_that_runs()
    {
        var error = await Assert.ThrowsAsync<DirectoryException>(() => DirectoryKey.RotateAsync(Directory.Folder.Path, 2048, Directory.Clock, CancellationToken.None));
        Assert.Contains("stop that one", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Directory.Folder.File(RotationFile.Name)));
    }

    [SkippableFact]
    public async Task A_database_of_another_directory_is_refused()
    {
        await Directory.Server.DisposeAsync();
        File.Delete(Directory.Folder.File("directory.key"));
        DirectoryKey.Create(Directory.Folder.File("other.key"), 2048);
        File.Move(Directory.Folder.File("other.key"), Directory.Folder.File("directory.key"));
        var error = await Assert.ThrowsAsync<DirectoryException>(Directory.RestartAsync);
        Assert.Contains("another key", error.Message, StringComparison.Ordinal);
    }

    private async Task RotateAsync()
    {
        await Directory.Server.DisposeAsync();
        await DirectoryKey.RotateAsync(Directory.Folder.Path, 2048, Directory.Clock, CancellationToken.None);
        await Directory.RestartAsync();
    }
}

public sealed class RotationTests() : RotationSpec(Database.Sqlite);

public sealed class PostgresRotationTests() : RotationSpec(Database.Postgres);
