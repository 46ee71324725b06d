using System.Diagnostics;
using NesActors.Cli.Commands;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Up;

/// <summary>Alice and bob make keys, register, and talk both ways; each step is printed as it happens.</summary>
internal sealed class Demo(LocalNetwork network, Invocation run, TextWriter output, DemoPeople people)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (bool FromAlice, string Text)[] Talk =
    [
        (true, "Hello Bob! Nobody between us can read this."),
        (false, "Hello Alice! And I know that it was you who wrote it. 🔑"),
        (true, "The first ones took longer: keys were looked up and checked."),
        (false, "Now they are at hand."),
    ];

    /// <summary>Runs it.</summary>
    /// <exception cref="CliException">A step failed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var alice = await JoinAsync("alice", cancellation);
        var bob = await JoinAsync("bob", cancellation);
        output.WriteLine();
        foreach (var (fromAlice, text) in Talk)
        {
            await (fromAlice ? SayAsync(alice, bob, text, cancellation) : SayAsync(bob, alice, text, cancellation));
        }
        output.WriteLine("The demo worked: all messages arrived, opened and verified.");
    }

    private async Task<DemoPerson> JoinAsync(string name, CancellationToken cancellation)
    {
        var person = new DemoPerson(Username.Parse(name), network, run);
        people.Add(person);

        var start = Stopwatch.GetTimestamp();
        var fingerprint = person.MakeKeys(cancellation);
        output.WriteLine($"{name}: keys made ({Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms), fingerprint {fingerprint.ToGroups()[..24]} ...");
        await WithinAsync(person.RegisterAsync, $"registering {name}", cancellation);
        output.WriteLine($"{name}: registered at the key directory");
        await WithinAsync(person.ConnectAsync, $"connecting {name}", cancellation);
        output.WriteLine($"{name}: online, mailbox nes/{name}/message");
        return person;
    }

    private async Task SayAsync(DemoPerson from, DemoPerson to, string text, CancellationToken cancellation)
    {
        output.WriteLine($"{from.Name} writes to {to.Name}: {text}");
        var start = Stopwatch.GetTimestamp();
        await WithinAsync(
            async limited =>
            {
                var id = await from.Messenger.SendAsync(to.Name, text, limited);
                var arrival = ArrivalAsync(to, from.Name, text, limited);
                var sent = await from.Messenger.SettleAsync(id, Patience, limited);
                if (sent.State is not (MessageState.Published or MessageState.Delivered))
                {
                    throw new CliException(ExitCode.Network, $"the demo failed: the message of {from.Name} was not sent ({sent.State}, {sent.Failure}): {sent.Detail}");
                }
                people.AnswerFrom(to, await arrival);
            },
            $"{from.Name}'s message to {to.Name}",
            cancellation);
        output.WriteLine($"  {to.Name} opened it and verified {from.Name}'s signature, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms after it was written");
        output.WriteLine();
    }

    private static async Task<long> ArrivalAsync(DemoPerson reader, Username from, string text, CancellationToken cancellation)
    {
        await foreach (var item in reader.Messenger.EventsAsync(reader.Messenger.StartCursor, cancellation))
        {
            if (item is MessageReceived { Message: { UnderChangedKey: false } message } && message.Contact == from && message.Text == text) return item.Cursor;
        }
        throw new CliException(ExitCode.Network, $"the demo failed: the session of {reader.Name} has ended");
    }

    private static async Task WithinAsync(Func<CancellationToken, Task> step, string name, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await step(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Network, $"the demo failed: {name} took longer than {Patience.TotalSeconds:0} s; --verbose shows why");
        }
    }
}
