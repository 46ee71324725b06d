using NesActors.Core.KeyDirectory.Trust;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Which HTTP directory to ask, and how to reach it.</summary>
/// <param name="Address">Its address, <c>http</c> or <c>https</c>; it may have a path. <c>/users/NAME</c> is put behind it.</param>
/// <param name="PublicKeyPem">The key that verifies its answers: RSA, SPKI in PEM.</param>
public sealed record HttpKeyDirectoryOptions(Uri Address, string PublicKeyPem)
{
    /// <summary>How long a whole request may take, from the first packet to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The proxy to go through: <c>http</c>, <c>https</c>, <c>socks4</c>, <c>socks4a</c> or <c>socks5</c>, with user and password where it wants them.
    /// <see langword="null"/>: the system's, which on Linux stands in <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c> and
    /// <c>NO_PROXY</c>, and none for a directory on this machine.
    /// </summary>
    public Uri? ProxyUri { get; init; }

    /// <summary>PEM file of the authorities that may vouch for an <c>https</c> directory, in place of the system's; <see langword="null"/>: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>What is remembered of this directory, so that it cannot go back; by default until the process ends.</summary>
    public IDirectoryMemory Memory { get; init; } = new VolatileDirectoryMemory();

    /// <summary>The time: of <see cref="Timeout"/>, and by which the directory's word is over.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
