using NesActors.Crypto.RsaAes;
using NesActors.Fuzz.Directories;
using NesActors.Fuzz.Nes1;
using NesActors.Testing.Vectors;

namespace NesActors.SharpFuzz;

/// <summary>What afl-fuzz drives: each takes any bytes, and throws where something does not hold.</summary>
internal static class Harnesses
{
    private static readonly Lazy<DirectoryAnswers> Answers = new(() => new DirectoryAnswers());

    /// <summary>The harness of a name; null where there is none.</summary>
    public static Action<byte[]>? Find(string name) => name switch
    {
        "frame" => ReadFrame,
        "plaintext" => ReadPlaintext,
        "answer" => ReadAnswer,
        "nes2-frame" => Nes2Harnesses.ReadFrame,
        "nes2-message" => Nes2Harnesses.ReadMessage,
        "nes2-statement" => Nes2Harnesses.ReadStatement,
        _ => null,
    };

    /// <summary>Good inputs, to begin with.</summary>
    public static IEnumerable<byte[]> Seeds(string name) => name switch
    {
        "nes2-frame" => Nes2Harnesses.Frames,
        "nes2-message" => Nes2Harnesses.Messages,
        "nes2-statement" => Nes2Harnesses.Statements,
        "answer" => Answers.Value.Seeds,
        _ => Texts(name).Select(System.Text.Encoding.UTF8.GetBytes),
    };

    private static IEnumerable<string> Texts(string name) => name switch
    {
        "frame" => FrameVectors.Valid.Take(3).Select(frame => frame.Payload).Concat(FrameVectors.Liberal.Select(frame => frame.Payload)),
        "plaintext" => FrameVectors.Valid.Where(frame => frame.PlaintextUtf8.Length < 300).Select(frame => frame.PlaintextUtf8).Append(
            """{"from":"amy","to":"ben","timestamp":1,"message":"","ack":{"stream":"AAAAAAAAAAAAAAAAAAAAAA","upto":1,"beyond":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]},"kind":"confirm"}""").Append(
            """{"from":"amy","to":"ben","timestamp":1,"message":"x","caps":{"has":{"nes2":"x"},"sees":{"nes2":{"keys":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","rev":7}}}}"""),
        _ => [],
    };

    /// <summary>Without RSA, which would take most of the time: what reads is written and read again, the same.</summary>
    private static void ReadFrame(byte[] input)
    {
        if (FrameCodec.TryRead(input) is not { } parts) return;
        var again = FrameCodec.TryRead(FrameCodec.Write(parts.CipherKey, parts.CipherText, parts.Signature));
        var isSame = again is not null && parts.CipherKey.AsSpan().SequenceEqual(again.CipherKey)
            && parts.CipherText.AsSpan().SequenceEqual(again.CipherText) && parts.Signature.AsSpan().SequenceEqual(again.Signature);
        if (!isSame) throw new InvalidDataException("A frame is not what it was when it is written again.");
    }

    private static void ReadPlaintext(byte[] input)
    {
        if (PlaintextCodec.TryRead(input) is { } content) MessageCheck.Check(content, input);
    }

    private static void ReadAnswer(byte[] input) => Answers.Value.Check(input);
}
