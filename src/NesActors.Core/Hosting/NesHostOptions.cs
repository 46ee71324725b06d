using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Protection;
using NesActors.Core.Storage;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Hosting;

/// <summary>What a session is made of.</summary>
public sealed record NesHostOptions
{
    /// <summary>The suite that seals and opens.</summary>
    public required ICryptoSuite Suite { get; init; }

    /// <summary>The user's own keys, made by <see cref="Suite"/>. The session disposes them.</summary>
    public required ILocalIdentity Identity { get; init; }

    /// <summary>Makes a transport for each connection attempt.</summary>
    public required Func<ITransport> Transport { get; init; }

    /// <summary>Where the transport connects to.</summary>
    public required TransportOptions TransportOptions { get; init; }

    /// <summary>Where other people's keys come from.</summary>
    public required IKeyDirectorySource Directory { get; init; }

    /// <summary>Where everything is remembered; the caller disposes it after the session. <see langword="null"/>: pins, messages and all end with the process.</summary>
    public StateStore? State { get; init; }

    /// <summary>What the data key of <see cref="State"/> is wrapped by; <see langword="null"/>: it lies in the clear. Needed while the session starts, not after.</summary>
    public KeyWrap? KeyWrap { get; init; }

    /// <summary>How long the texts of messages are kept, where <see cref="State"/> is given.</summary>
    public HistoryRetention History { get; init; } = HistoryRetention.Forever;

    /// <summary>What the session does by itself about strangers and changed keys.</summary>
    public ContactPolicy ContactPolicy { get; init; } = new();

    /// <summary>
    /// Whether the session takes its mail and goes on with what an earlier one left. One that only sends does neither: it ends before all could be looked through.
    /// </summary>
    public bool Receive { get; init; } = true;

    /// <summary>What a session that only sends goes on with all the same: messages that it handed to an earlier session, which ended. Those that are not there are left out.</summary>
    public IReadOnlyCollection<MessageId> Resume { get; init; } = [];

    /// <summary>A HOCON file that stands before the built-in settings; <see langword="null"/>: none.</summary>
    public string? HoconFile { get; init; }

    /// <summary>The time, everywhere in the session.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the log goes.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
