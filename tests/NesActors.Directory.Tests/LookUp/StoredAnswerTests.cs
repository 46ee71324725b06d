using System.Text;
using NesActors.Contracts;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Tests.LookUp;

public sealed class StoredAnswerTests
{
    private static readonly string Longest = new('a', Username.MaxLength);

    [Theory]
    [InlineData("amy")]
    [InlineData("a-_0123456789")]
    public void Is_of_the_name_in_its_record(string name) => Assert.True(Of(name).IsOf(name));

    [Fact]
    public void Is_of_the_longest_name() => Assert.True(Of(Longest).IsOf(Longest));

    [Theory]
    [InlineData("amy", "ben")]
    [InlineData("amy", "amy2")]
    [InlineData("amy2", "amy")]
    [InlineData("my-amy", "amy")]
    public void Is_of_no_other_name(string name, string other) => Assert.False(Of(name).IsOf(other));

    [Fact]
    public void A_name_in_another_place_does_not_count() =>
        Assert.False(Stored("""{"response":{"public_key_sign":"\"user\":\"amy\"","user":"ben","since":1},"signature":""}""").IsOf("amy"));

    private static StoredAnswer Of(string name) => Stored(Encoding.UTF8.GetString(new DirectoryRecord(
        Digest.Of([1]), Username.Parse(name), 2, RecordStatus.Deleted, DateTimeOffset.UnixEpoch)
    { Prev = Digest.Of([2]) }.ToJson()));

    private static StoredAnswer Stored(string body) => new(1, true, 0, 0, Encoding.UTF8.GetBytes(body));
}
