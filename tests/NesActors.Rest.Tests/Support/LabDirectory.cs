using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Support;

/// <summary>The key directory of a lab: knows whom the lab has made, and what a test says beside that.</summary>
internal sealed class LabDirectory : IKeyDirectorySource
{
    private readonly ConcurrentDictionary<Username, LookupResult> _answers = new();

    /// <summary>Shows keys for somebody; others than before are a change of keys.</summary>
    public void Shows(string user, string key = "1") => Answers(user, new LookupResult.Found(PlainSuite.RecordOf(Username.Parse(user), key)));

    /// <summary>Answers something else about somebody.</summary>
    public void Answers(string user, LookupResult answer) => _answers[Username.Parse(user)] = answer;

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) => Task.FromResult(_answers.GetValueOrDefault(user) ?? new LookupResult.NotFound());
}
