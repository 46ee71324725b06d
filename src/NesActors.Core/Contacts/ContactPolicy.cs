using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Contacts;

/// <summary>What a session does by itself about people and keys that are new; the default leaves both to the person.</summary>
public sealed record ContactPolicy
{
    /// <summary>What becomes of strangers.</summary>
    public StrangerPolicy Strangers { get; init; }

    /// <summary>What becomes of changed keys.</summary>
    public KeyChangePolicy KeyChanges { get; init; }

    /// <summary>What becomes of messages that come by a weaker suite than their sender has.</summary>
    public OlderSuitePolicy OlderSuite { get; init; }

    /// <summary>Whether contacts are told what was read, where nothing else is said of one.</summary>
    public bool SendReadReceipts { get; init; }

    /// <summary>Whether contacts are told what has arrived, where nothing else is said of one. Who is not told sends it again for 30 days.</summary>
    public bool SendDeliveryReceipts { get; init; } = true;

    /// <summary>Why nothing is done for what comes from somebody; <see langword="null"/>: it is looked through.</summary>
    internal DropReason? RefusalOf(ContactStanding sender) => sender switch
    {
        ContactStanding.Blocked => DropReason.Blocked,
        ContactStanding.Stranger when Strangers == StrangerPolicy.Refuse => DropReason.Stranger,
        _ => null,
    };
}

/// <summary>What becomes of those who are neither accepted nor written to.</summary>
public enum StrangerPolicy
{
    /// <summary>What they send is a request, until the person accepts or answers.</summary>
    Ask,

    /// <summary>The first message that is proved to be theirs makes them contacts.</summary>
    Accept,

    /// <summary>What they send is dropped, and the key directory is not asked about them.</summary>
    Refuse,
}

/// <summary>What becomes of contacts whose keys are others than the pinned ones.</summary>
public enum KeyChangePolicy
{
    /// <summary>Nothing is sent, and what arrives is marked, until the person accepts the keys.</summary>
    Ask,

    /// <summary>Keys to which the pinned ones signed the change, as the directory proves, are pinned; of others as <see cref="Ask"/>.</summary>
    AcceptSignedChange,

    /// <summary>As <see cref="Ask"/>, and what arrives under the new keys is dropped.</summary>
    Never,
}

/// <summary>What becomes of messages that come by a weaker suite than their sender is known to have.</summary>
public enum OlderSuitePolicy
{
    /// <summary>They are shown, and marked.</summary>
    Warn,

    /// <summary>They are dropped.</summary>
    Refuse,
}
