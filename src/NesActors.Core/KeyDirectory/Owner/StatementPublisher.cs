using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>
/// Publishes at a directory what a user says for suites. It looks before it asks, and believes for a day that what was there stays; a directory that takes no statements is left alone for some hours.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="signKey">Reads the private sign key, which is disposed after use; <see langword="null"/> where there is none.</param>
/// <param name="clock">The time.</param>
public sealed class StatementPublisher(HttpKeyDirectory directory, Func<RsaPrivateKey?> signKey, TimeProvider clock) : IRecordKeeper
{
    /// <summary>How long what was seen at the directory is believed to be there.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromHours(24);

    /// <summary>How long a directory that takes no statements is not asked.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromHours(6);

    private readonly Dictionary<string, (string Text, long At)> _there = new(StringComparer.Ordinal);
    private (RenewalResult.NotTaken Result, long At)? _notTaken;

    /// <inheritdoc/>
    public async Task<RenewalResult> RenewAsync(PublicRecord mine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mine);
        var statements = StatementsOf(mine);
        if (statements.All(IsThere)) return new RenewalResult.Kept();
        if (_notTaken is { } asked && clock.GetElapsedTime(asked.At) < AskAgain) return asked.Result;
        return await directory.LookUpAsync(mine.User, cancellation).ConfigureAwait(false) switch
        {
            LookupResult.Found { Proof: not null } found when OwnerKeys.DigestsOf(found.Record) != OwnerKeys.DigestsOf(mine) =>
                new RenewalResult.Failed($"{Place} has other keys of {mine.User} than yours"),
            LookupResult.Found { Proof: not null } found => await PublishAsync(found.Record, statements, cancellation).ConfigureAwait(false),
            LookupResult.Found => NotTaken("is of the original's kind"),
            LookupResult.NotFound => new RenewalResult.Failed($"{Place} does not know {mine.User}, or not yet"),
            LookupResult.Revoked or LookupResult.Deleted => new RenewalResult.Failed($"{mine.User} has no active keys at {Place}"),
            LookupResult.Untrusted untrusted => new RenewalResult.Failed(untrusted.Detail),
            LookupResult.Unavailable unavailable => new RenewalResult.Failed(unavailable.Detail),
            _ => throw new InvalidOperationException("A look-up has no other result."),
        };
    }

    private string Place => directory.Address.Authority;

    private async Task<RenewalResult> PublishAsync(PublicRecord there, IReadOnlyDictionary<string, string> statements, CancellationToken cancellation)
    {
        RsaPrivateKey? key = null;
        try
        {
            foreach (var (suite, text) in statements)
            {
                if (there.Entries.GetValueOrDefault(PublicRecord.StatementOf(suite)) != text)
                {
                    key ??= signKey();
                    if (key is null) return new RenewalResult.Failed("the private sign key is not here");
                    if (await SendAsync(there, suite, text, key, cancellation).ConfigureAwait(false) is { } trouble) return trouble;
                }
                _there[suite] = (text, clock.GetTimestamp());
            }
            return new RenewalResult.Kept();
        }
        finally
        {
            key?.Dispose();
        }
    }

    private async Task<RenewalResult?> SendAsync(PublicRecord there, string suite, string text, RsaPrivateKey key, CancellationToken cancellation) =>
        await directory.Owner(there.User).PublishAsync(suite, text, key, cancellation).ConfigureAwait(false) switch
        {
            OwnerResult.Done => null,
            OwnerResult.NotOffered => NotTaken("is older than such statements"),
            OwnerResult.Plain => NotTaken("is of the original's kind"),
            OwnerResult.Conflict => new RenewalResult.Failed($"the record of {there.User} at {Place} changed meanwhile"),
            OwnerResult.Refused refused => new RenewalResult.Failed($"{Place} refused it: {refused.Reason}"),
            OwnerResult.NoSuchUser gone => new RenewalResult.Failed(gone.Detail),
            OwnerResult.Untrusted untrusted => new RenewalResult.Failed(untrusted.Detail),
            OwnerResult.Unavailable unavailable => new RenewalResult.Failed(unavailable.Detail),
            _ => throw new InvalidOperationException("Publishing has no other result."),
        };

    private RenewalResult.NotTaken NotTaken(string why)
    {
        var result = new RenewalResult.NotTaken($"{Place} {why} and takes no statements for suites: messages carry what you say to those who use this program");
        _notTaken = (result, clock.GetTimestamp());
        return result;
    }

    private bool IsThere(KeyValuePair<string, string> statement) =>
        _there.TryGetValue(statement.Key, out var there) && there.Text == statement.Value && clock.GetElapsedTime(there.At) < LookAgain;

    private static SortedDictionary<string, string> StatementsOf(PublicRecord mine)
    {
        var statements = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (entry, text) in mine.Entries)
        {
            if (!SuiteStatements.IsEntry(entry, out var suite)) continue;
            if (suite is null || !SuiteStatements.IsText(text)) throw new KeyException($"What is said in {SafeLine.Of(entry, 40)} is in no form that can be published.");
            statements[suite] = text;
        }
        return statements;
    }
}
