using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Plain;

/// <summary>What was sent and has not settled, and how the rest went. For one caller at a time.</summary>
internal sealed class SentMessages(OutputLines lines)
{
    private readonly Dictionary<MessageId, int> _waiting = [];
    private int _count;

    /// <summary>The exit code of the first message that did not go out.</summary>
    public int Code { get; private set; } = ExitCode.Done;

    /// <summary>Those that have not settled, the oldest first.</summary>
    public IReadOnlyList<MessageId> Waiting => [.. _waiting.OrderBy(entry => entry.Value).Select(entry => entry.Key)];

    /// <summary>A message was accepted for sending.</summary>
    public void Add(MessageId id) => _waiting.Add(id, ++_count);

    /// <summary>A message came further. Says so on the error output where it failed.</summary>
    public async Task SettledAsync(StoredMessage message)
    {
        if (message.State == MessageState.Queued || !_waiting.Remove(message.Id, out var number)) return;
        var code = ExitCode.Of(message);
        if (code == ExitCode.Done) return;
        Remember(code);
        await lines.ErrorAsync($"message {number} to {message.Contact}: {Outcome.Describe(message)}").ConfigureAwait(false);
    }

    /// <summary>A message was not even accepted.</summary>
    public Task RefusedAsync(string why)
    {
        _count++;
        Remember(ExitCode.Usage);
        return lines.ErrorAsync(why);
    }

    /// <summary>Says how many messages had not left when the program was told to end.</summary>
    public async Task ReportWaitingAsync()
    {
        if (_waiting.Count == 0) return;
        Remember(ExitCode.Network);
        await lines.ErrorAsync($"ended while {_waiting.Count} of {_count} messages had not left").ConfigureAwait(false);
    }

    private void Remember(int code) => Code = Code == ExitCode.Done ? code : Code;
}
