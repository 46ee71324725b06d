using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Tests.Doubles;

using NesActors.Testing;

namespace NesActors.Core.Tests;

/// <summary>An actor system with the program's own settings, a clock that the test moves, and doubles for what stands around one actor.</summary>
public abstract class ActorSpec : TestKit
{
    protected static readonly Username Me = Username.Parse("ben");
    protected static readonly Username Amy = Username.Parse("amy");
    protected static readonly Username Cat = Username.Parse("cat3072");
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected ActorSpec() : base(NesHocon.Load(null)) => Tuning = SessionTuning.From(NesHocon.Load(null));

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));

    protected SessionTuning Tuning { get; set; }

    internal NesHostOptions Options(Func<ITransport> transport, IKeyDirectorySource directory, bool receive = true)
    {
        var suite = new PlainSuite();
        return new NesHostOptions
        {
            Suite = suite,
            Identity = suite.IdentityOf(Me),
            Transport = transport,
            TransportOptions = new TransportOptions(new Uri("memory://test")),
            Directory = directory,
            Receive = receive,
            Clock = Clock,
        };
    }
}
