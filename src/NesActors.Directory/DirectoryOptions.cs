using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NesActors.Directory.Limits;
using NesActors.Directory.Mail;

namespace NesActors.Directory;

/// <summary>How a key directory is run.</summary>
public sealed record DirectoryOptions
{
    /// <summary>
    /// Where to listen: <c>http://</c> or <c>https://</c>, then an IP address or <c>localhost</c>, and a port; port 0 takes a free one.
    /// <c>0.0.0.0</c> and <c>[::]</c> stand for every address of the machine.
    /// </summary>
    public required Uri Listen { get; init; }

    /// <summary>Where the key and the database lie. Made, with mode 0700, where it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>What a registration waits for.</summary>
    public required ActivationMode Activation { get; init; }

    /// <summary>
    /// The address that the links of a registration begin with, <c>https://keys.example.org/pubkey</c> for instance, where a proxy stands in
    /// front; <see langword="null"/>: the address that the server listens on.
    /// </summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>PEM file with the certificate of an <c>https</c> address, followed by its intermediates.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>PEM file with the private key of <see cref="TlsCertificateFile"/>; <see langword="null"/> where that file holds it too.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>
    /// The PostgreSQL database to use, as Npgsql takes it (<c>Host=…;Database=…;Username=…;Password=…</c>); <see langword="null"/>: a SQLite file in
    /// the data folder.
    /// </summary>
    public string? PostgresConnection { get; init; }

    /// <summary>How long a request waits for a busy database before it is answered with 503.</summary>
    public TimeSpan DatabaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How mail leaves; <see langword="null"/>: none does. <see cref="ActivationMode.Mail"/> needs it.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>How often a client may ask for what; <see langword="null"/>: as often as it likes, for labs and tests.</summary>
    public LimitOptions? Limits { get; init; } = new();

    /// <summary>The proxies in front, whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. From anybody else these headers mean nothing.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Where metrics are to be had for Prometheus, a listener of its own; <see langword="null"/>: nowhere.</summary>
    public Uri? Metrics { get; init; }

    /// <summary>How long to wait at the start for another server that uses the data folder or the database, and may be about to end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that registrations expire by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the log goes. Apart from <see cref="ActivationMode.Log"/>, it gets no link; it never gets an e-mail address.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Says where the directory is, and no password.</summary>
    public override string ToString() => $"directory at {Listen} in {DataFolder}";
}
