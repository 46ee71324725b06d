using System.Reflection;
using System.Runtime.CompilerServices;
using NesActors.Contracts;

namespace NesActors.Rest.Tests.Support;

/// <summary>A session whose log never says anything, not even that the session has ended: so a gateway serves it still for a moment. Such a proxy cannot be sealed.</summary>
public class DeafMessenger : DispatchProxy
{
    private IMessenger _inner = null!;

    /// <summary>Puts it around a session.</summary>
    public static IMessenger Of(IMessenger inner)
    {
        var proxy = Create<IMessenger, DeafMessenger>();
        ((DeafMessenger)(object)proxy)._inner = inner;
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IMessenger.EventsAsync) ? NothingAsync((CancellationToken)args![1]!) : targetMethod.Invoke(_inner, args);

    private static async IAsyncEnumerable<MessengerEvent> NothingAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        yield break;
    }
}
