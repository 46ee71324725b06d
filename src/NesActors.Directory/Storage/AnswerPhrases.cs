using System.Text;

namespace NesActors.Directory.Storage;

/// <summary>What most answers have in common, for <see cref="PackedAnswer"/>. The tables hold the numbers: none may become another, so new phrases come last, and none goes.</summary>
internal static class AnswerPhrases
{
    /// <summary>By their numbers.</summary>
    public static readonly byte[][] All = [.. new[]
    {
        @"\n",
        @"{""response"":{""public_key_message"":""-----BEGIN PUBLIC KEY-----\n",
        @"\n-----END PUBLIC KEY-----\n"",""public_key_sign"":""-----BEGIN PUBLIC KEY-----\n",
        @"\n-----END PUBLIC KEY-----"",""public_key_sign"":""-----BEGIN PUBLIC KEY-----\n",
        @"\n-----END PUBLIC KEY-----\n"",""v"":1,""dir"":""",
        @"\n-----END PUBLIC KEY-----"",""v"":1,""dir"":""",
        @"{""response"":{""v"":1,""dir"":""",
        @""",""user"":""",
        @""",""rev"":1,""status"":""active"",""since"":",
        @""",""rev"":",
        @",""prev"":""",
        @""",""status"":""active"",""since"":",
        @",""statements"":",
        @",""statement_nes2"":""",
        @"""},""signature"":""",
        @"},""signature"":""",
        @"{""hash"":""",
        @""",""iat"":",
        @",""exp"":",
        @",""signature"":""",
    }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>The number of the longest phrase that a text begins with; null: none.</summary>
    public static int? At(ReadOnlySpan<byte> text)
    {
        int? longest = null;
        for (var number = 0; number < All.Length; number++)
        {
            if (text.StartsWith(All[number]) && (longest is not { } other || All[number].Length > All[other].Length)) longest = number;
        }
        return longest;
    }
}
