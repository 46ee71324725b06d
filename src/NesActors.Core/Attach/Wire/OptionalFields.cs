using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Attach.Wire;

/// <summary>Fields that may be missing: a byte says whether they are there.</summary>
internal static class OptionalFields
{
    public static void PutOptional(this BinaryWriter to, Username? user) => to.PutText(user?.Value);

    public static Username? OptionalUser(this BinaryReader from) => from.Flag() ? from.User() : null;

    public static void PutOptional(this BinaryWriter to, Fingerprint? fingerprint) => to.PutText(fingerprint?.Value);

    public static Fingerprint? OptionalFingerprint(this BinaryReader from) => from.Flag() ? from.Fingerprint() : null;

    public static void PutOptional(this BinaryWriter to, MessageId? id)
    {
        to.Write(id is not null);
        if (id is { } there) to.Put(there);
    }

    public static MessageId? OptionalId(this BinaryReader from) => from.Flag() ? from.Id() : null;

    public static void PutOptional(this BinaryWriter to, TimeSpan? time)
    {
        to.Write(time is not null);
        if (time is { } there) to.Put(there);
    }

    public static TimeSpan? OptionalDuration(this BinaryReader from) => from.Flag() ? from.Duration() : null;

    public static void PutOptional(this BinaryWriter to, bool? flag)
    {
        to.Write(flag is not null);
        if (flag is { } there) to.Write(there);
    }

    public static bool? OptionalFlag(this BinaryReader from) => from.Flag() ? from.Flag() : null;
}
