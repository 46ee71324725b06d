using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Something in a conversation.</summary>
/// <param name="At">Our clock: the place in the conversation.</param>
internal abstract record Entry(DateTimeOffset At);

/// <summary>A message, either way.</summary>
internal sealed record MessageEntry(StoredMessage Message) : Entry(Message.RecordedAt);

/// <summary>What the program itself says. Its text is the program's own, and safe.</summary>
internal sealed record NoticeEntry(DateTimeOffset At, string Text, bool IsWarning) : Entry(At);
