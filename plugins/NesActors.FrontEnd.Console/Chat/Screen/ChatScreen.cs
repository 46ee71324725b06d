using System.Threading.Channels;
using NesActors.FrontEnd.Console.Chat.Model;
using Terminal.Gui.App;
using Terminal.Gui.Views;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>
/// Owns the terminal and the state, both on the one thread that runs it. What comes from elsewhere waits in a channel until that thread
/// takes it.
/// </summary>
internal sealed class ChatScreen(ChatUpdate update, ChannelReader<ChatInput> inbox, ChannelWriter<ChatEffect> effects)
{
    /// <summary>Inputs taken before the screen is drawn again.</summary>
    private const int Batch = 500;

    private ChatState? _state;
    private Action<ChatState> _show = _ => { };

    /// <summary>Messages that had not left when the screen was last drawn.</summary>
    public int Waiting => _state?.Waiting ?? 0;

    /// <summary>Takes the terminal, runs until the person leaves or the token is cancelled, and gives the terminal back.</summary>
    public void Run(ChatState first, CancellationToken cancellation)
    {
        using var application = Application.Create();
        application.Init();
        // The terminal's own sixteen colours: the person has chosen them to be readable on their background.
        if (application.Driver is { } driver) driver.Force16Colors = true;
        _state = first;
        using var window = new Runnable();
        using var view = new ChatView(first, Palette.OfTerminal(), Apply);
        _show = view.Show;
        window.Add(view);
        application.Paste += (_, paste) =>
        {
            Apply(new Pasted(paste.Text));
            paste.Handled = true;
        };
        application.Iteration += (_, _) =>
        {
            if (cancellation.IsCancellationRequested) application.RequestStop();
            else TakeInbox();
        };
        view.SetFocus();
        application.Run(window);
    }

    private void TakeInbox()
    {
        for (var taken = 0; taken < Batch && inbox.TryRead(out var input); taken++) Apply(input);
    }

    private void Apply(ChatInput input)
    {
        var step = update.Apply(_state!, input);
        _state = step.State;
        _show(_state);
        foreach (var effect in step.Effects) effects.TryWrite(effect);
    }
}
