using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Records;
using NesActors.Rsa;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Directories;

/// <summary>Answers of two directories to begin with: the original's, of the vectors, and one that proves its records, whose keys are made anew.</summary>
internal sealed class SignedAnswers : IDisposable
{
    private static readonly Username Bob = Username.Parse("bob");
    private readonly RsaPrivateKey _key = RsaPrivateKey.Generate(2048);
    private readonly RsaPrivateKey _next = RsaPrivateKey.Generate(2048);
    private readonly FreshPrivateKey _fresh = FreshPrivateKey.Generate();

    public SignedAnswers()
    {
        var active = new DirectoryRecord(Id, Bob, 1, RecordStatus.Active, Now)
        {
            MessageKey = VectorUser.Amy.PublicMessagePem,
            SignKey = VectorUser.Amy.PublicSignPem,
        };
        var revoked = new DirectoryRecord(Id, Bob, 2, RecordStatus.Revoked, Now) { Prev = active.Hash() };
        Records = [active.ToJson(), revoked.ToJson()];
        Document = SignedBytes.Sign(_next, new DirectoryDocument(Id, 1, _next.PublicKey.ToPem(), _fresh.PublicKey.Export(), Now, Now + DirectoryDocument.MaxLifetime).ToJson());
        var rotation = SignedBytes.Sign(_key, new KeyRotation(Id, 1, Id, _next.PublicKey.ToPem(), Now).ToJson());
        var history = new RecordHistory(Id, Bob, 2, [new HistoryEntry(Records[0], RecordOrigin.Registration, null, null), new HistoryEntry(Records[1], RecordOrigin.Revocation, new byte[256], null)]).ToJson();
        All =
        [
            .. DirectoryVectors.Valid.Select(answer => System.Text.Encoding.UTF8.GetBytes(answer.Body)),
            .. Records.Select(record => RecordAnswer.Write(RecordAnswer.SignedPart(_next, record), Freshness.Sign(_fresh, Id, record, Now, Freshness.MaxLifetime))),
            Absence.Sign(_fresh, Id, Bob, Now).ToJson(),
            RecordHistory.Write(history, Freshness.Sign(_fresh, Id, history, Now, Freshness.MaxLifetime)),
            new DirectoryAnswer(Document, [rotation]).ToJson(),
        ];
    }

    /// <summary>The time of all that is signed.</summary>
    public static DateTimeOffset Now { get; } = FrameVectors.Now;

    public IReadOnlyList<byte[]> All { get; }

    /// <summary>The records that the proving directory signed.</summary>
    public IReadOnlyList<byte[]> Records { get; }

    /// <summary>What the proving directory says of itself.</summary>
    public SignedBytes Document { get; }

    /// <summary>The key that a person was given.</summary>
    public RsaPublicKey Anchor => _key.PublicKey;

    public RsaPublicKey Newest => _next.PublicKey;

    public FreshPublicKey Fresh => _fresh.PublicKey;

    public Digest Id => Digest.Of(_key.PublicKey);

    public void Dispose()
    {
        _key.Dispose();
        _next.Dispose();
        _fresh.Dispose();
    }
}
