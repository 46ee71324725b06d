using Microsoft.Extensions.Logging;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;
using NesActors.Plugins;

namespace NesActors.Cli.Hosting;

/// <summary>
/// What the setting of the suite means for what is installed: <c>auto</c> is suite nes1 and every suite over it, a name is that suite alone. Keys are pinned in the lowest suite of these, whichever is chosen.
/// </summary>
/// <param name="catalog">The plugins.</param>
/// <param name="setting">The setting.</param>
/// <param name="clock">The time.</param>
internal sealed class InstalledSuites(PluginCatalog catalog, string setting, TimeProvider clock)
{
    private const string Lowest = "nes1";

    private bool IsAuto => setting == JoinedSuite.Auto;

    /// <summary>What the user's own keys are for.</summary>
    /// <exception cref="PluginException">There is no such suite, or it does not work.</exception>
    public ICryptoSuite Own() => IsAuto ? Auto(Over(Lowest)) : catalog.Suite(setting);

    /// <summary>The suite in which keys are pinned.</summary>
    /// <exception cref="PluginException">As before.</exception>
    public ICryptoSuite Pinned()
    {
        if (IsAuto) return catalog.Suite(Lowest);
        var own = catalog.Suite(setting);
        return own.Over is { } anchor ? catalog.Suite(anchor) : own;
    }

    /// <summary>What other people's records are read by: the suite in which keys are pinned, and those over it that may be used.</summary>
    /// <exception cref="PluginException">As before.</exception>
    public JoinedSuite Reading()
    {
        if (IsAuto) return Auto(Over(Lowest));
        var own = catalog.Suite(setting);
        return own.Over is { } anchor ? new JoinedSuite(catalog.Suite(anchor), [own], [own.Id], clock) : new JoinedSuite(own, [], [own.Id], clock);
    }

    /// <summary>The suite in which keys are pinned and all over it, whatever the settings say of their use.</summary>
    /// <exception cref="PluginException">As before.</exception>
    public JoinedSuite All()
    {
        var (anchor, over) = (Pinned(), Over(Pinned().Id));
        return new JoinedSuite(anchor, over.Working, over.Names.Prepend(anchor.Id), clock);
    }

    /// <summary>The suite in which keys are pinned alone, and the user's keys for those over it, which say that these are not used.</summary>
    /// <exception cref="PluginException">As before.</exception>
    public JoinedSuite Leaving(IKeyStore keys)
    {
        var anchor = Pinned();
        return new JoinedSuite(anchor, Over(anchor.Id).Working.Where(suite => JoinedSuite.HasKeys(suite, anchor, keys)), [anchor.Id], clock);
    }

    /// <summary>
    /// What a session runs by. A user of <c>auto</c> who has no keys yet for a suite gets them, beside those that are there. With a lower suite alone, the user's keys for those over it say that these are not used.
    /// </summary>
    /// <param name="user">Whose session it is.</param>
    /// <param name="keys">Where the keys lie; nobody else may be writing them.</param>
    /// <param name="log">Told of a suite for which there can be no keys just now.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PluginException">As before.</exception>
    /// <exception cref="KeyException">The user's keys cannot be used.</exception>
    public JoinedSuite OfSession(Username user, IKeyStore keys, ILogger log, CancellationToken cancellation)
    {
        if (!IsAuto)
        {
            var reading = Reading();
            return reading.Anchor.Id == setting ? Leaving(keys) : reading;
        }
        var (working, names) = Over(Lowest);
        var anchor = catalog.Suite(Lowest);
        return Auto((working.Where(suite => HasKeys(suite, anchor, user, keys, log, cancellation)).ToList(), names));
    }

    /// <summary>The ids of the suites whose statements make the user's record.</summary>
    public IReadOnlyList<string> Stating() => IsAuto ? Over(Lowest).Names : [setting];

    private bool HasKeys(ICryptoSuite suite, ICryptoSuite anchor, Username user, IKeyStore keys, ILogger log, CancellationToken cancellation)
    {
        if (JoinedSuite.HasKeys(suite, anchor, keys)) return true;
        // Who has no keys at all is to be told so, and gets none by the way.
        using (anchor.LoadIdentity(user, keys, clock)) { }
        try
        {
            suite.GenerateKeys(user, keys, new KeyGenerationOptions(), cancellation);
            return true;
        }
        catch (KeyException error)
        {
            log.LogWarning("There are no keys for suite {Suite}, and none could be made: {Reason}", suite.Id, error.Message);
            return false;
        }
    }

    // One that does not work just now keeps its name: nobody of whom it was seen is sent to without it.
    private JoinedSuite Auto((IReadOnlyList<ICryptoSuite> Working, IReadOnlyList<string> Names) over) => new(catalog.Suite(Lowest), over.Working, over.Names.Prepend(Lowest), clock);

    private (IReadOnlyList<ICryptoSuite> Working, IReadOnlyList<string> Names) Over(string anchor)
    {
        var (working, names) = (new List<ICryptoSuite>(), new List<string>());
        foreach (var name in catalog.Names(PluginKind.Suite).Where(name => name != anchor))
        {
            try
            {
                var suite = catalog.Suite(name);
                if (suite.Over != anchor) continue;
                working.Add(suite);
                names.Add(name);
            }
            catch (PluginException)
            {
                // nes plugins says why.
                names.Add(name);
            }
        }
        return (working, names);
    }
}
