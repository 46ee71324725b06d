using System.Collections.Immutable;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What was typed before, to be had again. It lives in memory alone.</summary>
internal sealed record InputHistory
{
    /// <summary>How many texts are kept.</summary>
    public const int Limit = 200;

    private ImmutableList<string> Texts { get; init; } = [];

    /// <summary>Which of them is shown; their number: what is being typed now.</summary>
    private int Place { get; init; }

    /// <summary>What was being typed when the person began to look back.</summary>
    private string Unsent { get; init; } = "";

    /// <summary>Nothing.</summary>
    public static InputHistory Empty { get; } = new();

    /// <summary>Takes a text in and goes to the end.</summary>
    public InputHistory Add(string text)
    {
        var texts = Texts.Count > 0 && Texts[^1] == text ? Texts : Texts.Add(text);
        if (texts.Count > Limit) texts = texts.RemoveAt(0);
        return new InputHistory { Texts = texts, Place = texts.Count };
    }

    /// <summary>The text before, where there is one.</summary>
    public (InputHistory History, InputText Input) Back(InputText input)
    {
        if (Place == 0) return (this, input);
        var history = this with { Place = Place - 1, Unsent = Place == Texts.Count ? input.Text : Unsent };
        return (history, InputText.Of(history.Current));
    }

    /// <summary>The text after, and at last what was being typed.</summary>
    public (InputHistory History, InputText Input) Forward(InputText input)
    {
        if (Place == Texts.Count) return (this, input);
        var history = this with { Place = Place + 1 };
        return (history, InputText.Of(history.Current));
    }

    private string Current => Place == Texts.Count ? Unsent : Texts[Place];
}
