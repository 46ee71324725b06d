using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Records;

namespace NesActors.Core.Tests.KeyDirectory;

public sealed class SignedChangeTests
{
    private static readonly Fingerprint One = new("1");
    private static readonly Fingerprint Two = new("2");
    private static readonly Fingerprint Three = new("3");

    private static readonly HistoryRecord[] Signed = [Record("1", RecordOrigin.Registration, false), Record("2", RecordOrigin.Change, true), Record("3", RecordOrigin.Change, true)];

    [Fact]
    public void Signed_steps_lead_from_the_trusted_keys_to_the_newest()
    {
        Assert.True(Leads(Signed, One, Three));
        Assert.True(Leads(Signed, Two, Three));
        Assert.True(Leads([.. Signed, Record("1", RecordOrigin.Change, true)], Three, One));
    }

    [Fact]
    public void They_lead_to_no_other_keys_than_the_newest() => Assert.False(Leads(Signed, One, Two));

    [Fact]
    public void They_lead_from_no_keys_that_are_not_there() => Assert.False(Leads(Signed, new Fingerprint("4"), Three));

    [Fact]
    public void No_history_leads_anywhere() => Assert.False(Leads([], One, Three));

    [Fact]
    public void Neither_a_recovery_nor_a_revocation_is_a_step()
    {
        Assert.False(Leads([Signed[0], Record("2", RecordOrigin.Recovery, false), Signed[2]], One, Three));
        Assert.False(Leads([Signed[0], Record(null, RecordOrigin.Revocation, true), Record("3", RecordOrigin.Recovery, false)], One, Three));
        Assert.False(Leads([.. Signed, Record(null, RecordOrigin.Revocation, true)], One, Three));
    }

    [Fact]
    public void What_went_before_the_trusted_keys_does_not_matter() =>
        Assert.True(Leads([Record("9", RecordOrigin.Registration, false), Record("1", RecordOrigin.Recovery, false), Signed[1]], One, Two));

    [Fact]
    public void Keys_that_must_not_be_used_are_the_end_of_nothing() => Assert.False(Leads([Signed[0], Record("bad", RecordOrigin.Change, true)], One, Two));

    private static bool Leads(IReadOnlyList<HistoryRecord> records, Fingerprint from, Fingerprint to) =>
        SignedChange.Leads(records, from, to, record => record.SignKey is null or "bad" ? null : new Fingerprint(record.SignKey));

    private static HistoryRecord Record(string? key, RecordOrigin origin, bool oldKeySigned) => new(
        new DirectoryRecord(Digest.Of("dir"u8), Username.Parse("bob"), 1, RecordStatus.Active, DateTimeOffset.UnixEpoch) { MessageKey = key, SignKey = key },
        Digest.Of("record"u8), origin, oldKeySigned);
}
