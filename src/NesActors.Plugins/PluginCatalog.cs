using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Plugins.Access;
using NesActors.Plugins.Discovery;
using NesActors.Plugins.Loading;

namespace NesActors.Plugins;

/// <summary>
/// The plugins that are there, by the names that they provide. Made by reading each <c>plugin.json</c>; a plugin's dll is loaded when one of
/// its names is asked for, once, and stays. Safe for several threads at once.
/// </summary>
public sealed class PluginCatalog
{
    private readonly IReadOnlyList<PluginFolder> _folders;
    private readonly Dictionary<string, LazyPlugin> _usable;

    private PluginCatalog(IReadOnlyList<PluginFolder> folders, IReadOnlyList<PluginEntry> entries)
    {
        _folders = folders;
        Entries = entries;
        _usable = entries.Where(entry => entry.State != PluginState.Rejected).ToDictionary(entry => entry.Location, entry => new LazyPlugin(entry));
    }

    /// <summary>The plugins that came with the program: the folder <c>plugins</c> beside it, wherever it was started.</summary>
    public static string ProgramFolder { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Every folder that was found in a plugins folder, as it was before anything was loaded.</summary>
    public IReadOnlyList<PluginEntry> Entries { get; }

    /// <summary>Looks for plugins. Loads nothing and throws for nothing that lies in the folders.</summary>
    /// <param name="folders">
    /// Folders of plugins, full paths, the program's own first: a later folder adds plugins and never replaces one. A folder that is not there
    /// is reported, not an error; so is one, or a plugin, that others than the user and root may write: nothing of it is used.
    /// </param>
    /// <exception cref="ArgumentException">A path depends on the current directory: whoever owns that could slip a plugin in.</exception>
    public static PluginCatalog Scan(params IEnumerable<string> folders)
    {
        var paths = folders.Select(Normalize).Distinct(StringComparer.Ordinal).ToList();
        var scans = paths.Select((path, index) => FolderScan.Scan(path, isProgram: index == 0)).ToList();
        return new PluginCatalog([.. scans.Select(scan => scan.Folder)], Precedence.Decide(scans.Select(scan => scan.Plugins)));
    }

    /// <summary>What is not used because others may write it, a line each for a person.</summary>
    public IEnumerable<string> Unsafe =>
        _folders.Where(folder => folder.IsUnsafe).Select(folder => $"plugin folder {folder.Path}: {folder.Problem}")
            .Concat(Entries.Where(entry => entry.IsUnsafe).Select(entry => $"plugin {entry.Folder} is not used: {entry.Reason}"));

    /// <summary>Takes the right to write from others, where something is not used because they have it and it is the user's own. What was looked for before stays as it was: scan again.</summary>
    /// <returns>The folders in which something was changed, as they may be shown in a terminal.</returns>
    /// <exception cref="IOException">Something cannot be looked at or changed.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public IReadOnlyList<string> CloseUnsafe() =>
    [
        .. _folders.Where(folder => folder.IsUnsafe && WriterFix.Close(folder.Location)).Select(folder => folder.Path),
        .. Entries.Where(entry => entry.IsUnsafe && WriterFix.Close(entry.Location)).Select(entry => entry.Folder),
    ];

    /// <summary>The entries as they are now: what was loaded since then is said to be.</summary>
    public IReadOnlyList<PluginEntry> EntriesNow() =>
        [.. Entries.Select(entry => _usable.TryGetValue(entry.Location, out var plugin) && plugin.IsLoaded ? entry with { State = PluginState.Loaded } : entry)];

    /// <summary>The names of a kind that can be asked for, in order.</summary>
    public IReadOnlyList<string> Names(PluginKind kind) =>
        [.. _usable.Values.Where(plugin => plugin.Manifest.Kind == kind).SelectMany(plugin => plugin.Manifest.Provides).Order(StringComparer.Ordinal)];

    /// <summary>A new object of the suite of that name.</summary>
    /// <exception cref="PluginException">There is none, or its plugin does not work.</exception>
    public ICryptoSuite Suite(string id) => Find(PluginKind.Suite, id).MakeSuite();

    /// <summary>
    /// Loads the transport for addresses of a scheme, and gives back what makes one for each connection attempt. That throws a
    /// <see cref="TransportException"/> of <see cref="TransportFailure.Misconfigured"/> where the plugin's constructor fails.
    /// </summary>
    /// <exception cref="PluginException">There is none, or its plugin cannot be loaded.</exception>
    public Func<ITransport> Transport(string scheme)
    {
        var plugin = Find(PluginKind.Transport, scheme);
        plugin.Load();
        return () =>
        {
            try
            {
                return plugin.Make<ITransport>();
            }
            catch (PluginException error)
            {
                throw new TransportException(TransportFailure.Misconfigured, error.Message, error);
            }
        };
    }

    /// <summary>The schemes of the transport that provides a name.</summary>
    /// <exception cref="PluginException">There is none.</exception>
    public IReadOnlyList<string> SchemesOf(string transport) => Find(PluginKind.Transport, transport).Manifest.Provides;

    /// <summary>A new object of the front-end that serves a verb.</summary>
    /// <exception cref="PluginException">There is none, or its plugin does not work.</exception>
    public IFrontEnd FrontEnd(string verb) => Find(PluginKind.FrontEnd, verb).Make<IFrontEnd>();

    /// <summary>A new object of the gateway of that name.</summary>
    /// <exception cref="PluginException">There is none, or its plugin does not work.</exception>
    public IGateway Gateway(string name) => Find(PluginKind.Gateway, name).Make<IGateway>();

    /// <summary>Loads every plugin with all that it names, and makes and disposes an object of each.</summary>
    public async Task<PluginReport> LoadAllAsync()
    {
        var rows = new List<PluginEntry>();
        foreach (var entry in Entries)
        {
            rows.Add(_usable.TryGetValue(entry.Location, out var plugin) ? await LoadTrial.RunAsync(plugin).ConfigureAwait(false) : entry);
        }
        return new PluginReport(_folders, rows);
    }

    private static string Normalize(string folder) =>
        Path.IsPathFullyQualified(folder)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
            : throw new ArgumentException($"A plugins folder needs a full path: {PluginText.ForTerminal(folder)}", nameof(folder));

    private LazyPlugin Find(PluginKind kind, string name)
    {
        var provider = _usable.Values.FirstOrDefault(plugin => plugin.Manifest.Kind == kind && plugin.Manifest.Provides.Contains(name));
        return provider ?? throw new PluginException(NotFound(kind, name));
    }

    private string NotFound(PluginKind kind, string name)
    {
        // A folder that is refused was not looked into: it may hold what was asked for.
        var refused = _folders.FirstOrDefault(folder => folder.IsUnsafe);
        var rejected = Entries.FirstOrDefault(entry => entry.State == PluginState.Rejected && entry.Manifest?.Kind == kind && entry.Manifest.Provides.Contains(name));
        if (rejected is not null) return $"plugin {rejected.Name}, which provides the {kind.ToText()} {name}, is not used: {rejected.Reason}";
        var there = Names(kind);
        var unusable = Entries.Count(entry => entry.State == PluginState.Rejected);
        return $"there is no {kind.NameOfNames()} {name}; there is {(there.Count == 0 ? "none" : string.Join(", ", there))}"
            + (unusable == 0 ? "" : $" ({unusable} plugin{(unusable == 1 ? "" : "s")} could not be used: nes plugins says why)")
            + (refused is null ? "" : $"; {refused.Path}: {refused.Problem}");
    }
}
