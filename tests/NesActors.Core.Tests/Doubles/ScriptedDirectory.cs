using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;

using NesActors.Testing;

namespace NesActors.Core.Tests.Doubles;

/// <summary>A directory whose answers the test sets; counts who asked, and can hold its answers back.</summary>
internal sealed class ScriptedDirectory : IKeyDirectorySource, IKeyHistorySource
{
    private readonly ConcurrentDictionary<Username, LookupResult> _answers = new();
    private readonly ConcurrentQueue<Username> _asked = new();

    /// <summary>Answers wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What it says of anybody's history.</summary>
    public HistoryResult History { get; set; } = new HistoryResult.Plain();

    public IReadOnlyCollection<Username> Asked => _asked;

    public ScriptedDirectory Has(Username user, string key = "1") => Answers(user, new LookupResult.Found(PlainSuite.RecordOf(user, key)));

    public ScriptedDirectory Answers(Username user, LookupResult result)
    {
        _answers[user] = result;
        return this;
    }

    public Task<HistoryResult> HistoryAsync(Username user, CancellationToken cancellation) => Task.FromResult(History);

    public async Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        _asked.Enqueue(user);
        await Gate.WaitAsync(cancellation);
        return _answers.GetValueOrDefault(user) ?? new LookupResult.NotFound();
    }
}
