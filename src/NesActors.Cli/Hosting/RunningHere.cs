using NesActors.Contracts;
using NesActors.Core.Attach;

namespace NesActors.Cli.Hosting;

/// <summary>The session that this process runs, for commands that are handed over to it.</summary>
/// <param name="StateFolder">Its state folder.</param>
/// <param name="Owner">What is told of this process.</param>
/// <param name="Messenger">The session.</param>
internal sealed record RunningHere(string StateFolder, OwnerInfo Owner, IMessenger Messenger);
