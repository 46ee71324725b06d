using System.Reflection;
using NesActors.Contracts;
using NesActors.Core.Storage;

namespace NesActors.Core.Tests.Doubles;

/// <summary>A store that does all as it is told, and whose answers to so many messages come in the opposite order: as they may where each continues on a thread of its own.</summary>
public class OvertakingStore : DispatchProxy
{
    private readonly List<(Task<(StoredMessage, bool)> Answer, TaskCompletionSource<(StoredMessage, bool)> Told)> _held = [];
    private IMessageStore _inner = null!;
    private int _count;

    /// <param name="inner">Does it.</param>
    /// <param name="count">How many messages.</param>
    internal static IMessageStore Over(IMessageStore inner, int count)
    {
        var store = Create<IMessageStore, OvertakingStore>();
        ((OvertakingStore)(object)store)._inner = inner;
        ((OvertakingStore)(object)store)._count = count;
        return store;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        if (targetMethod.Name != nameof(IMessageStore.QueueAsync)) return answer;
        var told = new TaskCompletionSource<(StoredMessage, bool)>();
        _held.Add(((Task<(StoredMessage, bool)>)answer!, told));
        if (_held.Count == _count)
        {
            foreach (var held in Enumerable.Reverse(_held)) held.Told.SetResult(held.Answer.Result);
        }
        return told.Task;
    }
}
