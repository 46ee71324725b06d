using NesActors.Contracts;
using NesActors.Fuzz.Running;

namespace NesActors.Fuzz.Targets;

/// <summary>What must hold of a message of any suite. How long a text may be is the suite's to say: the original's users send longer ones.</summary>
internal static class MessageBounds
{
    /// <returns>What kind of message it is, in a word.</returns>
    public static string Check(string text, Delivery? delivery, Capabilities? capabilities)
    {
        Require(capabilities is not { IsWhole: false }, "What tells of suites is out of bounds.");
        if (delivery is null) return capabilities is null ? "a text" : "a text with suites";
        Require(delivery.IsWhole, "What tells of delivery does not fit together.");
        Require(!delivery.IsConfirmation || text.Length == 0, "A confirmation has a text.");
        if (delivery.Ack is { } ack)
        {
            Require(ack is { UpTo: >= 0, ReadUpTo: >= 0, Beyond.Count: <= Acknowledgement.MaxBeyond }, "An acknowledgement is out of bounds.");
            Require(ack.Beyond.All(hash => hash.Length == Acknowledgement.HashSize), "A hash has another size.");
        }
        return delivery.IsConfirmation ? "a confirmation" : "a text with delivery";
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new PropertyException(otherwise);
    }
}
