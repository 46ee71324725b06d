using System.Text;
using System.Text.Json;

namespace NesActors.Records.Tests;

/// <summary>What one side writes the other reads as it was.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly FreshPrivateKey _fresh = FreshPrivateKey.Generate();

    public static TheoryData<string> Statuses => ["active", "revoked", "deleted"];

    public void Dispose() => _fresh.Dispose();

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_record(string status)
    {
        var record = status switch { "active" => Samples.Active(2), "revoked" => Samples.Gone(RecordStatus.Revoked), _ => Samples.Gone(RecordStatus.Deleted) };
        Assert.Equal(record, DirectoryRecord.TryRead(record.ToJson()));
        Assert.Contains($"\"status\":\"{status}\"", Encoding.UTF8.GetString(record.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_to_a_look_up_which_the_original_reads_too()
    {
        var response = Samples.Active().ToJson();
        var fresh = Freshness.Sign(_fresh, Samples.Directory, response, Samples.Now, Freshness.MaxLifetime);
        var body = RecordAnswer.Write(RecordAnswer.SignedPart(Samples.First, response), fresh);

        var read = RecordAnswer.TryRead(body)!;

        Assert.Equal(response, read.Response.ToArray());
        Assert.True(Samples.First.PublicKey.VerifyPss(read.Response.Span, read.Signature));
        Assert.True(read.Fresh!.IsFor(response, Samples.Directory, _fresh.PublicKey));
        using var json = JsonDocument.Parse(body);
        Assert.EndsWith("==", json.RootElement.GetProperty("signature").GetString(), StringComparison.Ordinal);
        Assert.Equal(["public_key_message", "public_key_sign"], json.RootElement.GetProperty("response").EnumerateObject().Take(2).Select(member => member.Name));
    }

    [Fact]
    public void The_answer_of_a_plain_directory() => Assert.Null(RecordAnswer.TryRead("{\"response\":{},\"signature\":\"AAAA\"}"u8.ToArray())!.Fresh);

    [Fact]
    public void A_word_that_there_is_no_such_user()
    {
        var absence = Absence.Sign(_fresh, Samples.Directory, Samples.Bob, Samples.Now);
        var read = Absence.TryRead(absence.ToJson())!;
        Assert.True(read.Holds(Samples.Bob, Samples.Directory, _fresh.PublicKey, Samples.Now + Absence.Lifetime, TimeSpan.Zero));
        Assert.False(read.Holds(Samples.Bob, Samples.Directory, _fresh.PublicKey, Samples.Now + Absence.Lifetime + TimeSpan.FromMilliseconds(1), TimeSpan.Zero));
        Assert.False(read.Holds(Samples.Bob, Digest.Of("another"u8), _fresh.PublicKey, Samples.Now, TimeSpan.Zero));
    }

    [Fact]
    public void What_a_directory_says_of_itself()
    {
        var document = new DirectoryDocument(Samples.Directory, 1, Samples.Second.PublicKey.ToPem(), _fresh.PublicKey.Export(), Samples.Now, Samples.Now.AddDays(7));
        var rotation = new KeyRotation(Samples.Directory, 1, Digest.Of(Samples.First.PublicKey), Samples.Second.PublicKey.ToPem(), Samples.Now);
        var answer = new DirectoryAnswer(SignedBytes.Sign(Samples.Second, document.ToJson()), [SignedBytes.Sign(Samples.First, rotation.ToJson())]);

        var read = DirectoryAnswer.TryRead(answer.ToJson())!;

        var document2 = DirectoryDocument.TryRead(read.Document.Response)!;
        Assert.Equal(document with { FreshKey = document2.FreshKey }, document2);
        Assert.Equal(document.FreshKey, document2.FreshKey);
        Assert.True(Samples.Second.PublicKey.VerifyPss(read.Document.Response.Span, read.Document.Signature));
        Assert.Equal(rotation, KeyRotation.TryRead(Assert.Single(read.Rotations).Response));
    }

    [Fact]
    public void A_page_of_a_history()
    {
        var history = new RecordHistory(Samples.Directory, Samples.Bob, 2,
        [
            new HistoryEntry(Samples.Active().ToJson(), RecordOrigin.Registration, null, null),
            new HistoryEntry(Samples.Active(2).ToJson(), RecordOrigin.Change, [1, 2], [3]),
        ]);
        var response = history.ToJson();
        var signed = RecordHistory.TryReadAnswer(RecordHistory.Write(response, Freshness.Sign(_fresh, Samples.Directory, response, Samples.Now, Freshness.MaxLifetime)))!;
        Assert.True(signed.Fresh.IsFor(signed.Response.Span, Samples.Directory, _fresh.PublicKey));

        var read = RecordHistory.TryRead(signed.Response)!;

        Assert.Equal((history.Directory, history.User, history.Last), (read.Directory, read.User, read.Last));
        Assert.Equal(history.Entries[1].Record.ToArray(), read.Entries[1].Record.ToArray());
        Assert.Equal((RecordOrigin.Change, "0102", "03"), (read.Entries[1].Origin, Convert.ToHexString(read.Entries[1].SignatureOld!), Convert.ToHexString(read.Entries[1].SignatureNew!)));
        Assert.Null(read.Entries[0].SignatureOld);
    }

    [Theory]
    [InlineData(RecordOrigin.Registration)]
    [InlineData(RecordOrigin.Change)]
    [InlineData(RecordOrigin.Recovery)]
    [InlineData(RecordOrigin.Revocation)]
    [InlineData(RecordOrigin.Deletion)]
    public void An_origin(RecordOrigin origin) => Assert.Equal(origin, RecordHistory.ParseOrigin(RecordHistory.NameOf(origin)));

    [Fact]
    public void A_key_for_fresh_answers()
    {
        using var again = FreshPrivateKey.FromPem(_fresh.ExportPem());
        Assert.Equal(_fresh.PublicKey.Export(), again.PublicKey.Export());
        Assert.True(FreshPublicKey.TryImport(_fresh.PublicKey.Export())!.Verify("statement"u8, again.Sign("statement"u8)));
    }
}
