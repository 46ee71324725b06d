using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

/// <summary>Contacts, and what the key directory says of them.</summary>
internal static class ContactWire
{
    public static void Write(BinaryWriter to, Contact contact)
    {
        to.Put(contact.User);
        to.PutCode((int)contact.Trust);
        to.PutOptional(contact.Pinned);
        to.PutOptional(contact.Offered);
        to.Write(contact.Unread);
        to.PutCode((int)contact.Vouched);
        to.PutCode((int)contact.PinnedBy);
        to.Write(contact.IsVerified);
        to.PutText(contact.Suite);
        to.PutOptional(contact.SuiteKeys);
        to.PutCode((int)contact.SuiteRefusal);
        to.PutText(contact.OfferedSuite);
        to.PutCode((int)contact.Standing);
        to.PutText(contact.Alias);
        to.PutOptional(contact.ReadReceipts);
        to.PutText(contact.WithheldSuite);
        to.PutOptional(contact.DeliveryReceipts);
        to.PutOptional(contact.DisappearAfter);
    }

    public static Contact Read(BinaryReader from) => new(
        from.User(), (TrustState)from.Code((int)TrustState.Changed), from.OptionalFingerprint(), from.OptionalFingerprint(), from.ReadInt32())
    {
        Vouched = (Vouching)from.Code((int)Vouching.Proved),
        PinnedBy = (PinOrigin)from.Code((int)PinOrigin.Imported),
        IsVerified = from.Flag(),
        Suite = from.Text(),
        SuiteKeys = from.OptionalFingerprint(),
        SuiteRefusal = (SuiteRefusal)from.Code((int)SuiteRefusal.Older),
        OfferedSuite = from.Text(),
        Standing = (ContactStanding)from.Code((int)ContactStanding.Blocked),
        Alias = from.Text(),
        ReadReceipts = from.OptionalFlag(),
        WithheldSuite = from.Text(),
        DeliveryReceipts = from.OptionalFlag(),
        DisappearAfter = from.OptionalDuration(),
    };

    public static void WriteOptional(BinaryWriter to, Contact? contact)
    {
        to.Write(contact is not null);
        if (contact is not null) Write(to, contact);
    }

    public static Contact? ReadOptional(BinaryReader from) => from.Flag() ? Read(from) : null;

    public static IReadOnlyList<Contact> ReadList(BinaryReader from)
    {
        var contacts = new List<Contact>();
        for (var left = from.Count(); left > 0; left--) contacts.Add(Read(from));
        return contacts;
    }

    public static void WriteLookUp(BinaryWriter to, KeyLookUp found)
    {
        Write(to, found.Contact);
        to.PutCode((int)found.Failure);
        to.PutText(found.Detail);
    }

    public static KeyLookUp ReadLookUp(BinaryReader from) => new(Read(from), (SendFailure)from.Code((int)SendFailure.Withdrawn), from.Text());
}
