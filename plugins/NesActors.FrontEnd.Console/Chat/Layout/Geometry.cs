using NesActors.FrontEnd.Console.Chat.Model;
using Terminal.Gui.Text;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>Where things are on the screen.</summary>
/// <param name="Contacts">Columns of the contact list; 0 where it is not shown.</param>
/// <param name="Width">Columns of the conversation.</param>
/// <param name="Top">Rows above the conversation: 1 with the title, 0 without.</param>
/// <param name="Height">Rows of the conversation.</param>
/// <param name="Input">Rows of the input.</param>
internal sealed record Geometry(int Contacts, int Width, int Top, int Height, int Input)
{
    private const int MinConversation = 40;
    private const int LowScreen = 6;

    /// <summary>Divides the screen.</summary>
    public static Geometry Of(ChatState state, int inputRows)
    {
        var contacts = ContactsWidth(state);
        var input = Math.Clamp(inputRows, 1, Math.Max(1, state.Height / 3));
        var top = state.Height < LowScreen ? 0 : 1;
        var width = contacts == 0 ? state.Width : state.Width - contacts - 1;
        return new Geometry(contacts, Math.Max(width, 4), top, Math.Max(state.Height - input - 1 - top, 0), input);
    }

    /// <summary>Divides the screen for the text that is being typed.</summary>
    public static Geometry Of(ChatState state) => Of(state, InputRows.Of(state.Input, state.Width).Rows.Count);

    private static int ContactsWidth(ChatState state)
    {
        var list = ContactList.Of(state);
        var isWanted = state.ShowsContacts ?? (list.Length > 1 || state.Active is null);
        if (!isWanted || list.Length == 0) return 0;
        var longest = list.Max(conversation => ContactText.NameOf(conversation.Contact).GetColumns());
        var width = Math.Clamp(longest + 7, 14, 24);
        // Where there is no room for both the list must be asked for, and then takes what it needs.
        return state.Width - width - 1 >= MinConversation || state.ShowsContacts == true ? Math.Min(width, state.Width / 2) : 0;
    }
}
