namespace NesActors.Contracts.Crypto;

/// <summary>Somebody's public keys, parsed once by the suite that made this and kept. Safe for several threads at once.</summary>
public interface IPeerIdentity : IDisposable
{
    /// <summary>Whose keys they are.</summary>
    Username User { get; }

    /// <summary>Stands for what identifies the person: pinned by the host, compared by people. A prekey that is renewed does not change it.</summary>
    Fingerprint Fingerprint { get; }

    /// <summary>When the keys must be asked for again, a prekey's expiry for instance; <see langword="null"/> where they hold until replaced.</summary>
    DateTimeOffset? UsableUntil { get; }

    /// <summary>What their owner says, signed by these keys, of the suites that they use; <see langword="null"/> where the suite has no such statements.</summary>
    SuiteStatement? Statement => null;
}
