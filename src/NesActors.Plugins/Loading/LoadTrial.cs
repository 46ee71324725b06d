using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;

namespace NesActors.Plugins.Loading;

/// <summary>Tries a plugin out as far as that goes without a network or a person: loads it and makes one object.</summary>
internal static class LoadTrial
{
    /// <summary>The plugin's entry, as <see cref="PluginState.Loaded"/> or rejected with the reason.</summary>
    public static async Task<PluginEntry> RunAsync(LazyPlugin plugin)
    {
        try
        {
            plugin.Load();
            plugin.LoadReferences();
            await DisposeAsync(Make(plugin)).ConfigureAwait(false);
            return plugin.Entry with { State = PluginState.Loaded };
        }
        catch (PluginException error)
        {
            return plugin.Entry.Reject(error.Reason);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return plugin.Entry.Reject($"disposing it failed: {PluginFailure.Describe(error)}");
        }
    }

    private static object Make(LazyPlugin plugin) => plugin.Manifest.Kind switch
    {
        PluginKind.Suite => plugin.MakeSuite(),
        PluginKind.Transport => plugin.Make<ITransport>(),
        PluginKind.FrontEnd => plugin.Make<IFrontEnd>(),
        PluginKind.Gateway => plugin.Make<IGateway>(),
        _ => throw new ArgumentOutOfRangeException(nameof(plugin)),
    };

    private static async ValueTask DisposeAsync(object made)
    {
        if (made is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
        else (made as IDisposable)?.Dispose();
    }
}
