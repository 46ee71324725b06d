namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What keys mean in a chat.</summary>
internal enum ChatKey
{
    /// <summary>Sends what was typed.</summary>
    Send,

    /// <summary>Begins another line of the same message.</summary>
    NewLine,

    /// <summary>Removes the character before the cursor.</summary>
    Backspace,

    /// <summary>Removes the character at the cursor.</summary>
    Delete,

    /// <summary>Removes the word before the cursor.</summary>
    DeleteWord,

    /// <summary>Removes the line up to the cursor.</summary>
    DeleteToStart,

    /// <summary>Removes the line from the cursor.</summary>
    DeleteToEnd,

    /// <summary>Moves one character.</summary>
    Left,

    /// <summary>Moves one character.</summary>
    Right,

    /// <summary>Moves one word.</summary>
    WordLeft,

    /// <summary>Moves one word.</summary>
    WordRight,

    /// <summary>Moves to the start of the line.</summary>
    Home,

    /// <summary>Moves to the end of the line.</summary>
    End,

    /// <summary>Moves a line up, or to what was typed before.</summary>
    Up,

    /// <summary>Moves a line down, or to what was typed after.</summary>
    Down,

    /// <summary>Shows a page of older messages.</summary>
    PageUp,

    /// <summary>Shows a page of newer messages.</summary>
    PageDown,

    /// <summary>Shows the end of the conversation.</summary>
    Latest,

    /// <summary>Shows the next conversation.</summary>
    NextContact,

    /// <summary>Shows the previous conversation.</summary>
    PreviousContact,

    /// <summary>Shows or hides the contact list.</summary>
    Contacts,

    /// <summary>Shows the help.</summary>
    Help,

    /// <summary>Leaves.</summary>
    Quit,
}
