using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;

namespace NesActors.Plugins;

/// <summary>What a plugin is for. It provides names of this kind alone, and one class that implements the kind's interface.</summary>
public enum PluginKind
{
    /// <summary>A crypto suite: <see cref="ICryptoSuite"/>. Provides one name, the suite's id.</summary>
    Suite,

    /// <summary>A transport: <see cref="ITransport"/>. Provides the URL schemes that it connects to.</summary>
    Transport,

    /// <summary>A front-end: <see cref="IFrontEnd"/>. Provides the verbs that it serves.</summary>
    FrontEnd,

    /// <summary>A gateway: <see cref="IGateway"/>. Provides one name, by which it is asked for.</summary>
    Gateway,
}

/// <summary>The kinds as <c>plugin.json</c> writes them, and what each stands for.</summary>
public static class PluginKinds
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<PluginKind> All { get; } = [PluginKind.Suite, PluginKind.Transport, PluginKind.FrontEnd, PluginKind.Gateway];

    /// <summary>The kind as <c>plugin.json</c> writes it: <c>suite</c>, <c>transport</c>, <c>front-end</c>, <c>gateway</c>.</summary>
    public static string ToText(this PluginKind kind) => kind switch
    {
        PluginKind.Suite => "suite",
        PluginKind.Transport => "transport",
        PluginKind.FrontEnd => "front-end",
        PluginKind.Gateway => "gateway",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind that <c>plugin.json</c> writes so; <see langword="null"/> where it is none.</summary>
    internal static PluginKind? Parse(string text) => text switch
    {
        "suite" => PluginKind.Suite,
        "transport" => PluginKind.Transport,
        "front-end" => PluginKind.FrontEnd,
        "gateway" => PluginKind.Gateway,
        _ => null,
    };

    /// <summary>The interface that the plugin's one public class implements.</summary>
    internal static Type ContractType(this PluginKind kind) => kind switch
    {
        PluginKind.Suite => typeof(ICryptoSuite),
        PluginKind.Transport => typeof(ITransport),
        PluginKind.FrontEnd => typeof(IFrontEnd),
        PluginKind.Gateway => typeof(IGateway),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What a name of this kind is called in an error.</summary>
    internal static string NameOfNames(this PluginKind kind) => kind switch
    {
        PluginKind.Suite => "suite",
        PluginKind.Transport => "transport for addresses of the scheme",
        PluginKind.FrontEnd => "front-end for the command",
        PluginKind.Gateway => "gateway",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
