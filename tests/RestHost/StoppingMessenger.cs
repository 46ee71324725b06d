using System.Reflection;
using NesActors.Contracts;

namespace RestHost;

/// <summary>A session that stands still where it is asked to send, before or after it does. Such a proxy cannot be sealed.</summary>
public class StoppingMessenger : DispatchProxy
{
    private IMessenger _inner = null!;
    private string _when = "";
    private Action _tell = null!;

    /// <summary>Puts it around a session.</summary>
    public static IMessenger Of(IMessenger inner, string when, Action tell)
    {
        var proxy = Create<IMessenger, StoppingMessenger>();
        var stopping = (StoppingMessenger)(object)proxy;
        (stopping._inner, stopping._when, stopping._tell) = (inner, when, tell);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var isSend = targetMethod!.Name == nameof(IMessenger.SendAsync) && _when != "never";
        return isSend && _when == "before" ? StopAsync() : isSend ? StopAfterAsync((Task)targetMethod.Invoke(_inner, args)!) : targetMethod.Invoke(_inner, args);
    }

    private async Task StopAfterAsync(Task sent)
    {
        await sent;
        await StopAsync();
    }

    private Task StopAsync()
    {
        _tell();
        return new TaskCompletionSource().Task;
    }
}
