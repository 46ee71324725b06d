using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.KeyDirectory.Sources;
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

    /// <summary>Where it is remembered whose keys are trusted; the caller disposes it after the session. <see langword="null"/>: that ends with the process.</summary>
    public StateStore? State { get; init; }

    /// <summary>Whether the session takes its mail. One that only sends must not: what it took would be lost when it ends.</summary>
    public bool Receive { get; init; } = true;

    /// <summary>A HOCON file that stands before the built-in settings; <see langword="null"/>: none.</summary>
    public string? HoconFile { get; init; }

    /// <summary>The time, everywhere in the session.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the log goes.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
