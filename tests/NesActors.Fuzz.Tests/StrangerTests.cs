using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;
using NesActors.Fuzz.Sessions;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Tests;

/// <summary>People whom nobody knows, by the thousand, at a real broker. Larger: <c>dotnet run -c Release --project tests/NesActors.Fuzz -- strangers 10000</c>.</summary>
public sealed class StrangerTests
{
    private const int Some = 500;

    // As many look-ups for strangers as hocon/nes.hocon allows at once; the clock of the test stands still, so no more are due.
    private const int LookUps = 100;

    private static readonly MosquittoOptions KeepsAll = new() { Lines = ["max_queued_messages 0"] };

    [RealPartFact(MosquittoServer.Program)]
    public Task Whom_the_directory_does_not_know_fill_no_memory_nor_hammer_it_nor_hold_up_a_contact() => MeetAsync(directoryIsSilent: false);

    [RealPartFact(MosquittoServer.Program)]
    public Task Of_whom_the_directory_says_nothing_fill_no_memory_nor_hammer_it_nor_hold_up_a_contact() => MeetAsync(directoryIsSilent: true);

    private static async Task MeetAsync(bool directoryIsSilent)
    {
        await using var broker = await MosquittoServer.StartAsync(KeepsAll);
        await using var run = await BrokerRun.StartAsync(broker.Address, new FakeTimeProvider(FrameVectors.Now));
        run.Directory.IsSilent = directoryIsSilent;

        for (var met = 0; met < SpoolAccount.MaxHeldSenders + Some; met += Some)
        {
            await run.MeetAsync(Some);
            await run.HearAmyAsync();
        }

        var status = await run.SettleAsync(status => status.Spooled <= SpoolAccount.MaxHeldSenders);
        Assert.InRange(run.Directory.AskedAboutStrangers, 1, LookUps);
        Assert.NotEqual(0, status.Dropped[DropReason.Overload]);
    }
}
