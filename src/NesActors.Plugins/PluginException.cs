namespace NesActors.Plugins;

/// <summary>A plugin is not there or cannot be used. The message is one line for a person: which, why, and what there is instead.</summary>
public sealed class PluginException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public PluginException(string message, Exception? inner = null) : base(PluginText.ForTerminal(message), inner) => Reason = Message;

    private PluginException(string plugin, string reason, Exception? inner) : base(PluginText.ForTerminal($"plugin {plugin}: {reason}"), inner) =>
        Reason = PluginText.ForTerminal(reason);

    /// <summary>The message without the plugin's name.</summary>
    public string Reason { get; }

    /// <summary>Says what is wrong with the plugin of that name.</summary>
    internal static PluginException Of(string plugin, string reason, Exception? inner = null) => new(plugin, reason, inner);
}
