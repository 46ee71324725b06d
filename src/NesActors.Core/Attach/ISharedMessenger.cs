using NesActors.Contracts;

namespace NesActors.Core.Attach;

/// <summary>A session that is used from several processes: what is asked for twice, because an answer was lost, is done once.</summary>
public interface ISharedMessenger : IMessenger
{
    /// <summary>As <see cref="IMessenger.SendAsync"/>, under a name that the caller made. The same name a second time changes nothing.</summary>
    Task SendAsync(MessageId id, Username to, string text, CancellationToken cancellation);
}
