using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

public sealed class DirectoryVectorTests
{
    public static TheoryData<string> ValidUsers => [.. DirectoryVector.Valid().Select(vector => vector.Username)];

    public static TheoryData<string> HostileNames => [.. DirectoryVector.Hostile().Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(ValidUsers))]
    public async Task Believes_an_answer_of_the_original_directory(string user)
    {
        var vector = DirectoryVector.Valid().Single(vector => vector.Username == user);
        await using var server = await StubServer.AnsweringAsync(200, vector.Body);
        using var client = server.Client();

        var result = await client.LookUpAsync(Username.Parse(user), CancellationToken.None);

        var record = Assert.IsType<LookupResult.Found>(result).Record;
        Assert.Equal(Username.Parse(user), record.User);
        Assert.Equal(TestKeys.Message(user), record.Entries[PublicRecord.MessageKey]);
        Assert.Equal(TestKeys.Sign(user), record.Entries[PublicRecord.SignKey]);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task Believes_no_answer_that_somebody_changed(string name)
    {
        var vector = DirectoryVector.Hostile().Single(vector => vector.Name == name);
        await using var server = await StubServer.AnsweringAsync(vector.Status, vector.Body);
        using var client = server.Client();
        Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Username.Parse(vector.Username), CancellationToken.None));
    }
}
