using NesActors.Rsa.Engines;

namespace NesActors.Crypto.Tests;

/// <summary>Stands for an engine where a test class is public and engines are not.</summary>
public enum EngineName
{
    OpenSsl,
    Managed,
}

internal static class EngineNames
{
    /// <summary>The engine itself. OpenSSL has to be there on Linux; elsewhere .NET has other means, and the managed engine stands in.</summary>
    public static IRsaEngine Get(this EngineName name) => name switch
    {
        EngineName.Managed => RsaEngines.Managed,
        EngineName.OpenSsl when OperatingSystem.IsLinux() => RsaEngines.OpenSsl ?? throw new InvalidOperationException(".NET does not run on OpenSSL 3 here."),
        _ => RsaEngines.Default,
    };
}
