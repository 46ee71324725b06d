using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Contents;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Statements;
using NesActors.Testing.Vectors;
using ChaCha20Poly1305 = Geralt.ChaCha20Poly1305;

namespace NesActors.SharpFuzz;

/// <summary>The parsers of suite nes2, without its primitives: what a frame is from outside, what is inside once it was decrypted, and what a user says of the own keys.</summary>
internal static class Nes2Harnesses
{
    // In place of the header and the encapsulated key, of which the signature's input is made, and of the signature and the sender's fingerprint.
    private static readonly byte[] Outside = new byte[FrameLayout.CiphertextAt], Signed = new byte[64 + 32];
    private static readonly Recipient Ben = Recipient.Of([], VectorUser.Ben.Username, new Fingerprint(new string('0', Fingerprint.Length)));

    /// <summary>Frames, some whose plaintext stands in the place of the ciphertext, and what is no more than their beginning and length.</summary>
    public static IEnumerable<byte[]> Frames => Nes2Vectors.Frames.Take(1).Concat(Messages.Select(Open)).Append([.. FrameLayout.Magic, 0, 1]);

    public static IEnumerable<byte[]> Messages => Nes2Vectors.Composed.Select(MessageIn).Where(message => message.Length < 1024);

    public static IEnumerable<byte[]> Statements => Nes2Vectors.Statements.Select(System.Text.Encoding.ASCII.GetBytes);

    /// <summary>What looks like a frame is one part after the other, and of a length that padding makes. Whatever is in the place of the ciphertext, as if it had been decrypted, is a padded message or is none.</summary>
    public static void ReadFrame(byte[] input)
    {
        if (!FrameLayout.IsFrame(input)) return;
        var pieces = (byte[])[.. FrameLayout.HeaderIn(input), .. FrameLayout.EncIn(input), .. FrameLayout.CiphertextIn(input)];
        if (!pieces.AsSpan().SequenceEqual(input)) throw new InvalidDataException("A frame is not its parts.");
        var header = new byte[FrameLayout.HeaderLength];
        FrameLayout.WriteHeader(FrameLayout.KidIn(input), header);
        if (!header.AsSpan().SequenceEqual(FrameLayout.HeaderIn(input))) throw new InvalidDataException("A header is not what it was when it is written again.");
        var plaintext = FrameLayout.CiphertextIn(input)[..^ChaCha20Poly1305.TagSize];
        var opened = Nes2OpenedFrame.TryRead(input, plaintext, Ben);
        var length = Padding.ContentLength(plaintext);
        var parts = length < Signed.Length ? null : ContentCodec.TryRead(plaintext[Signed.Length..length]);
        if (opened?.ClaimedSender != parts?.From || opened is { ContentHash.Length: not 32 }) throw new InvalidDataException("A frame says something else than what is in it.");
    }

    /// <summary>What is a message is whole, and is the same when it was padded. Padded in another way it is none.</summary>
    public static void ReadMessage(byte[] input)
    {
        var parts = ContentCodec.TryRead(input);
        if (parts is not null && (parts.Text.Length > Message.MaxTextBytes || parts.Delivery is { IsWhole: false })) throw new InvalidDataException("A message is not whole.");
        var padded = Pad(input);
        var opened = Nes2OpenedFrame.TryRead(Outside, padded, Ben);
        if (opened?.ClaimedSender != parts?.From) throw new InvalidDataException("A message is another when it was padded.");
        if (Nes2OpenedFrame.TryRead(Outside, [.. padded, .. new byte[Padding.Step]], Ben) is not null) throw new InvalidDataException("A message was padded in two ways.");
    }

    /// <summary>One statement has one form.</summary>
    public static void ReadStatement(byte[] input)
    {
        var text = System.Text.Encoding.Latin1.GetString(input);
        if (Statement.TryRead(text) is not { } read) return;
        if (!read.Signed.AsSpan().SequenceEqual(read.Statement.ToBytes()) || Statement.ToText(read.Signed, read.Signature, read.CrossSignature) != text)
            throw new InvalidDataException("A statement is not what it was when it is written again.");
    }

    private static byte[] Pad(byte[] message)
    {
        var length = Signed.Length + message.Length;
        var padded = new byte[Padding.PaddedLength(length)];
        message.CopyTo(padded, Signed.Length);
        Padding.Write(padded, length);
        return padded;
    }

    /// <summary>A frame that is not encrypted.</summary>
    private static byte[] Open(byte[] message)
    {
        byte[] frame = [.. Outside, .. Pad(message), .. new byte[ChaCha20Poly1305.TagSize]];
        FrameLayout.WriteHeader(0, frame);
        return frame;
    }

    private static byte[] MessageIn(byte[] composed)
    {
        ComposedContent.TryReadRecipient(composed, VectorUser.Amy.Username, out var message);
        return message.ToArray();
    }
}
