using System.Collections.Immutable;
using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What is to be done outside the model.</summary>
internal abstract record ChatEffect;

/// <summary>Sends a text.</summary>
internal sealed record SendText(Username To, string Text) : ChatEffect;

/// <summary>Asks for messages before one, or for the latest.</summary>
internal sealed record LoadHistory(Username User, MessageId? Before) : ChatEffect
{
    /// <summary>How many are asked for at a time.</summary>
    public const int PageSize = 100;
}

/// <summary>Marks a conversation read.</summary>
internal sealed record MarkRead(Username User) : ChatEffect;

/// <summary>Does what the person decided about a contact.</summary>
internal sealed record ChangeContact(Username User, ContactChange Change) : ChatEffect;

/// <summary>Asks how the session is doing, to show it.</summary>
internal sealed record AskStatus : ChatEffect;

/// <summary>Ends the chat.</summary>
internal sealed record Leave : ChatEffect;

/// <summary>The chat after something happened, and what is to be done.</summary>
internal sealed record ChatStep(ChatState State, ImmutableArray<ChatEffect> Effects)
{
    /// <summary>Nothing is to be done but to show the state.</summary>
    public static implicit operator ChatStep(ChatState state) => new(state, []);

    /// <summary>Something is to be done besides.</summary>
    public static ChatStep Of(ChatState state, params ReadOnlySpan<ChatEffect> effects) => new(state, [.. effects]);

    /// <summary>Adds what another step does to the state of this one.</summary>
    public ChatStep Then(Func<ChatState, ChatStep> next)
    {
        var step = next(State);
        return new ChatStep(step.State, Effects.AddRange(step.Effects));
    }
}
