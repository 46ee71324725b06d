using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;
using NesActors.Records;
using NesActors.Rsa;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Directories;

/// <summary>
/// Answers of a key directory, changed on their way. Whatever it is given to read, a client believes nothing that the directory did not sign, and says why in a line that a
/// terminal can bear.
/// </summary>
internal sealed class DirectoryAnswers : IFuzzTarget, IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1:9");
    private static readonly Username Bob = Username.Parse("bob");
    private static readonly JsonMutator Mutator = new(
        (random, _, value) => value.StartsWith('"') ? Base64Mutator.Mutate(random, value) : JsonValues.Any(random),
        ["fresh", "Fresh", "response", "Response", "\u017fignature", "rotations", "absent", "public_\u212aey_sign", "v", "x"]);

    private readonly SignedAnswers _answers = new();
    private readonly IReadOnlyList<JsonFields> _parsed;
    private readonly HashSet<string> _signed;
    private readonly DirectoryConnection _plain;
    private readonly DirectoryStanding.Proving _proving;

    public DirectoryAnswers()
    {
        _parsed = [.. _answers.All.Select(answer => JsonFields.Parse(answer))];
        var vectors = DirectoryVectors.Valid.Select(answer => RecordAnswer.TryRead(System.Text.Encoding.UTF8.GetBytes(answer.Body))!.Response);
        _signed = [.. vectors.Concat(_answers.Records.Select(record => (ReadOnlyMemory<byte>)record)).Append(_answers.Document.Response).Select(bytes => Convert.ToHexString(bytes.Span))];
        _plain = new DirectoryConnection(Address, RsaPublicKey.FromPem(DirectoryVectors.PublicKeyPem), new HttpKeyDirectoryOptions(Address, "") { Clock = new StillClock() });
        var known = new KnownDirectory(
            Digest.Of(_answers.Anchor), "", _answers.Id, 1, _answers.Newest.ToPem(), _answers.Fresh.Export(), SignedAnswers.Now, SignedAnswers.Now.AddDays(7), SignedAnswers.Now);
        _proving = new DirectoryStanding.Proving(known, _answers.Newest, _answers.Fresh);
    }

    public string Name => "answer of a directory";

    /// <summary>The answers as the directory gave them.</summary>
    public IReadOnlyList<byte[]> Seeds => _answers.All;

    public byte[] Make(Random random)
    {
        if (random.Once(3)) return ByteMutator.Mutate(random, random.Pick(_answers.All), random.Pick(_answers.All));
        var answer = Mutator.Mutate(random, random.Pick(_parsed), random.Pick(_parsed));
        return random.Once(8) ? ByteMutator.Mutate(random, answer.ToUtf8(), random.Pick(_answers.All)) : answer.ToUtf8();
    }

    public string Check(byte[] input)
    {
        _ = RecordHistory.TryReadAnswer(input) is { } history ? RecordHistory.TryRead(history.Response) : null;
        if (DirectoryAnswer.TryRead(input) is { } about && Follows(about)) return "what it says of itself, as it was signed";
        return AsPlain(input) ?? AsProving(input) ?? "refused";
    }

    public void Dispose()
    {
        _answers.Dispose();
        _plain.Dispose();
    }

    private bool Follows(DirectoryAnswer about)
    {
        var refusal = new DirectoryChain(_answers.Anchor, null, Address, SignedAnswers.Now).Follow(about, out var directory);
        if (refusal is not null) MustBeHarmless(refusal);
        else if (directory is null || !IsSigned(about.Document.Response)) throw new PropertyException("A directory is believed what it did not sign of itself.");
        return refusal is null;
    }

    private string? AsPlain(byte[] body) =>
        Judge(new RecordLookup(_plain).CheckAsync(Bob, body, new DirectoryStanding.Plain(), CancellationToken.None).GetAwaiter().GetResult(), body);

    private string? AsProving(byte[] body)
    {
        // A memory of its own for each: what came before must not decide.
        var check = new RecordCheck(_proving, new VolatileDirectoryMemory(), Address, SignedAnswers.Now);
        if (RecordAnswer.TryRead(body) is { } answer) return Judge(check.Record(Bob, answer), body);
        return Absence.TryRead(body) is { } absence ? Judge(check.Absent(Bob, absence), body) : null;
    }

    private string? Judge(LookupResult result, byte[] body)
    {
        switch (result)
        {
            case LookupResult.Untrusted untrusted:
                MustBeHarmless(untrusted.Detail);
                return null;
            case LookupResult.NotFound { IsProved: true }:
                return "no such user, as it was signed";
            case LookupResult.Found or LookupResult.Revoked when IsSigned(RecordAnswer.TryRead(body)!.Response):
                return "a record, as it was signed";
            default:
                throw new PropertyException($"A client takes from the answer what nobody signed: {result.GetType().Name}.");
        }
    }

    private bool IsSigned(ReadOnlyMemory<byte> response) => _signed.Contains(Convert.ToHexString(response.Span));

    private static void MustBeHarmless(string line)
    {
        if (line.Length > 500 || line.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is >= '\u202a' and <= '\u202e'))
            throw new PropertyException("What a person would be shown of the answer could steer the terminal.");
    }

    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => SignedAnswers.Now;

        public override long GetTimestamp() => 0;
    }
}
