using System.Reflection;
using NesActors.Contracts.Crypto;
using NesActors.Plugins.Manifest;

namespace NesActors.Plugins.Loading;

/// <summary>A plugin that is loaded when it is first needed, once, also when several threads need it; a failure is kept as well.</summary>
internal sealed class LazyPlugin
{
    private readonly Lazy<ConstructorInfo> _constructor;

    public LazyPlugin(PluginEntry entry)
    {
        Entry = entry;
        Manifest = entry.Manifest ?? throw new ArgumentException("A plugin without plugin.json cannot be loaded.", nameof(entry));
        _constructor = new Lazy<ConstructorInfo>(() => Implementation.Find(PluginAssembly.Load(Manifest, entry.Location), Manifest.Kind));
    }

    public PluginEntry Entry { get; }

    public PluginManifest Manifest { get; }

    /// <summary>Whether it was loaded, and its class was found.</summary>
    public bool IsLoaded => _constructor.IsValueCreated;

    /// <summary>Loads the dll and finds its class.</summary>
    /// <exception cref="PluginException">That failed, for whatever reason.</exception>
    public void Load() => Guard(() => _constructor.Value);

    /// <summary>Makes a new object of the plugin's class.</summary>
    /// <exception cref="PluginException">The plugin cannot be loaded, or its constructor failed.</exception>
    public T Make<T>() where T : class => Guard(() => (T)_constructor.Value.Invoke(null));

    /// <summary>As <see cref="Make{T}"/>, and checks that the suite goes by the name that it was chosen by.</summary>
    public ICryptoSuite MakeSuite()
    {
        var suite = Make<ICryptoSuite>();
        return Guard(() => suite.Id) == Manifest.Provides[0]
            ? suite
            : throw PluginException.Of(Manifest.Id, $"its suite does not go by the name {Manifest.Provides[0]} that {PluginManifest.FileName} provides");
    }

    /// <summary>Loads what the plugin's dll names, which otherwise happens when its code first needs it.</summary>
    public void LoadReferences() => Guard(() =>
    {
        PluginAssembly.LoadReferences(_constructor.Value.DeclaringType!.Assembly);
        return true;
    });

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw PluginException.Of(Manifest.Id, PluginFailure.Describe(error), error);
        }
    }
}
