using System.Net;

namespace NesActors.Contracts.FrontEnd;

/// <summary>What a gateway is asked to serve.</summary>
/// <param name="Identities">Whose sessions; at least one, each user once.</param>
public sealed record GatewayRequest(IReadOnlyList<GatewayIdentity> Identities)
{
    /// <summary>Where and to whom it listens by the network; <see langword="null"/>: by the sockets of the identities alone.</summary>
    public GatewayNetwork? Network { get; init; }

    /// <summary>Whether to give out a link by which a browser signs in once, for the first of the identities.</summary>
    public bool Link { get; init; }

    /// <summary>Whether what the gateway calls by itself (webhooks) may be at addresses of this machine or of a private network.</summary>
    public bool MayCallPrivateAddresses { get; init; }

    /// <summary>How much one token may ask for.</summary>
    public GatewayLimits Limits { get; init; } = new();

    /// <summary>What is loaded, for those who ask.</summary>
    public IReadOnlyList<GatewayPlugin> Plugins { get; init; } = [];

    /// <summary>The version of the program.</summary>
    public string ProgramVersion { get; init; } = "";

    /// <summary>The time, everywhere in the gateway.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes the log; called from several threads at once.</summary>
    public Action<LogLine> Log { get; init; } = _ => { };
}

/// <summary>One identity that a gateway serves.</summary>
/// <param name="User">Its name.</param>
/// <param name="Folder">Its state folder, a full path, of mode 0700: what the gateway keeps of this identity lies there, in files whose names begin with <c>gateway</c>. Nobody else uses those while it runs.</param>
/// <param name="Socket">A path where a Unix domain socket can be made; whoever reaches it may do everything, without a token.</param>
/// <param name="Messenger">The session; <see langword="null"/>: there is none, and only what the gateway itself keeps is served: tokens, webhooks.</param>
public sealed record GatewayIdentity(Username User, string Folder, string Socket, IMessenger? Messenger);

/// <summary>Where a gateway listens by the network.</summary>
/// <param name="Listen">An address <c>http://</c> or <c>https://</c>, an IP address of this machine or <c>localhost</c>, a port; 0: any free one.</param>
public sealed record GatewayNetwork(Uri Listen)
{
    /// <summary>The certificate of an https address (PEM), with those between it and its authority behind it.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its private key (PEM), where that is not in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>Whether an address that others than this machine reach may be served without TLS: a proxy in front does that.</summary>
    public bool MayBePlain { get; init; }

    /// <summary>The names by which it is reached, beside the address itself: a request for another host is refused.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The origins whose pages may use it from a browser, beside its own, as <c>https://HOST</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The proxies in front whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: from anybody else these mean nothing. Without any, all who come through a proxy have its address.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Where metrics and health are served, without a token; <see langword="null"/>: metrics nowhere.</summary>
    public Uri? Metrics { get; init; }
}

/// <summary>How much one token may ask for, and how much one request.</summary>
public sealed record GatewayLimits
{
    /// <summary>Requests a second, in the long run.</summary>
    public int Rate { get; init; } = 100;

    /// <summary>Requests at once.</summary>
    public int Burst { get; init; } = 200;

    /// <summary>Whether the two are enforced; they are not for those who come by the socket.</summary>
    public bool AreEnforced { get; init; } = true;

    /// <summary>Streams of events that one token may have open.</summary>
    public int Streams { get; init; } = 100;
}

/// <summary>A plugin as those may see it who use the gateway.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Version">Its version; <see langword="null"/> where it does not say.</param>
/// <param name="Contract">The contract that it was built for; <see langword="null"/> where it does not say.</param>
/// <param name="Provides">The names that it provides.</param>
/// <param name="State"><c>found</c>, <c>loaded</c> or <c>rejected</c>.</param>
/// <param name="Reason">Why it is not used; <see langword="null"/> where it is.</param>
public sealed record GatewayPlugin(string Id, string? Kind, string? Version, string? Contract, IReadOnlyList<string> Provides, string State, string? Reason);
