using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace NesActors.Records.Tests;

/// <summary>Bytes of an attacker: each reader says null, and none throws.</summary>
public sealed class HostileTests : IDisposable
{
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly FreshPrivateKey _fresh = FreshPrivateKey.Generate();

    public void Dispose() => _fresh.Dispose();

    [Fact]
    public void Random_bytes_are_nothing() => Gen.Byte.Array[0, 200].Sample(IsNothing);

    [Fact]
    public void A_record_with_any_byte_changed_is_nothing_or_another()
    {
        var valid = Samples.Active(2).ToJson();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte[1, 255]).Sample((place, change) =>
        {
            var damaged = valid.ToArray();
            damaged[place] ^= change;
            _ = DirectoryRecord.TryRead(damaged);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"A\":2}")]
    [InlineData("{\"Response\":{}}")]
    [InlineData("{\"\u017fignature\":\"\"}")]
    [InlineData("{\"public_\u212aey_sign\":\"\"}")]
    [InlineData("{\"x\":[{\"a\":1,\"A\":2}]}")]
    [InlineData("{\"\\ud800\":1}")]
    public void Ambiguous_json_is_nothing(string json) => Assert.Null(StrictJson.TryRead(Encoding.UTF8.GetBytes(json), root => "something"));

    [Fact]
    public void Json_that_nests_without_end_is_nothing() => IsNothing(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 60_000)));

    [Theory]
    [InlineData("{\"response\":{},\"signature\":null}")]
    [InlineData("{\"response\":{},\"signature\":\"\"}")]
    [InlineData("{\"response\":{},\"signature\":\"AA%\"}")]
    [InlineData("{\"response\":[],\"signature\":\"AAAA\"}")]
    [InlineData("{\"response\":{},\"signature\":\"AAAA\",\"fresh\":null}")]
    [InlineData("{\"response\":{},\"signature\":\"AAAA\",\"fresh\":{\"hash\":\"" + Zero + "\",\"iat\":1e99,\"exp\":1,\"signature\":\"AA\"}}")]
    [InlineData("{\"absent\":{\"dir\":\"" + Zero + "\",\"user\":null,\"iat\":1,\"exp\":1,\"signature\":\"AA\"}}")]
    [InlineData("{\"absent\":{\"dir\":\"" + Zero + "\",\"user\":\"bob\",\"iat\":1,\"exp\":999999999999999999,\"signature\":\"AA\"}}")]
    [InlineData("{\"response\":{},\"signature\":\"AAAA\",\"rotations\":{}}")]
    [InlineData("{\"response\":{},\"fresh\":null}")]
    public void Malformed_answers_are_nothing(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Null(Absence.TryRead(bytes));
        Assert.Null(DirectoryAnswer.TryRead(bytes));
        Assert.Null(RecordHistory.TryReadAnswer(bytes));
        Assert.Null(RecordAnswer.TryRead(bytes) is { Fresh: { } fresh } ? fresh : null);
    }

    [Theory]
    [InlineData(-62135596800000)]
    [InlineData(253402300799999)]
    public void Times_at_the_ends_of_time_are_judged_and_not_thrown(long millis)
    {
        var edge = DateTimeOffset.FromUnixTimeMilliseconds(millis);
        var fresh = new Freshness(Samples.Directory, edge, edge, []);
        var absence = new Absence(Samples.Directory, Samples.Bob, edge, edge, []);
        Assert.False(fresh.Holds(Samples.Now, TimeSpan.FromMinutes(5)));
        Assert.False(fresh.IsFor("{}"u8, Samples.Directory, _fresh.PublicKey));
        Assert.False(absence.Holds(Samples.Bob, Samples.Directory, _fresh.PublicKey, Samples.Now, TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_key_of_another_length_is_none(int length) => Assert.Null(FreshPublicKey.TryImport(new byte[length]));

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void A_signature_that_is_none_does_not_verify(int length) => Assert.False(_fresh.PublicKey.Verify("statement"u8, new byte[length]));

    [Fact]
    public void A_private_key_that_is_none_is_refused()
    {
        Assert.Throws<CryptographicException>(() => FreshPrivateKey.FromPem("no key"u8));
        Assert.Throws<CryptographicException>(() => FreshPrivateKey.FromPem(Samples.First.ExportPkcs1Pem()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData(Zero + "0")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000A")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000\n0")]
    public void A_hash_is_64_lower_case_digits(string? text) => Assert.False(Digest.TryParse(text, out _));

    [Fact]
    public void A_hash_that_was_never_set_says_so()
    {
        Assert.Throws<InvalidOperationException>(() => default(Digest).Hex);
        Assert.Equal("", default(Digest).ToString());
    }

    private static void IsNothing(byte[] bytes)
    {
        Assert.Null(DirectoryRecord.TryRead(bytes));
        Assert.Null(RecordAnswer.TryRead(bytes));
        Assert.Null(Absence.TryRead(bytes));
        Assert.Null(DirectoryDocument.TryRead(bytes));
        Assert.Null(KeyRotation.TryRead(bytes));
        Assert.Null(DirectoryAnswer.TryRead(bytes));
        Assert.Null(RecordHistory.TryRead(bytes));
        Assert.Null(RecordHistory.TryReadAnswer(bytes));
    }
}
