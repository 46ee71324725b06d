using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>Shows what happens in a session on the two outputs of a program.</summary>
internal interface IEventPrinter
{
    /// <summary>Shows an event where there is something to show of it.</summary>
    Task PrintAsync(MessengerEvent happened, CancellationToken cancellation);
}
