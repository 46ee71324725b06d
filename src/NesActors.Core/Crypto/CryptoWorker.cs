using Akka.Actor;
using Akka.Event;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;
using static NesActors.Core.Crypto.CryptoProtocol;

namespace NesActors.Core.Crypto;

/// <summary>One worker of the crypto pool: composes, seals, opens and verifies, one piece at a time, and answers whoever asked. Has no state.</summary>
internal sealed class CryptoWorker : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public CryptoWorker(ILocalIdentity identity)
    {
        Receive<Commands.Compose>(compose =>
        {
            try
            {
                Sender.Tell(new Replies.Composed(compose.Id, Compose(identity, compose)));
            }
            catch (Exception e)
            {
                Sender.Tell(new Replies.SealFailed(compose.Id, e is KeyException ? e.Message : Defect(e)));
            }
        });
        Receive<Commands.Seal>(seal =>
        {
            try
            {
                var frame = identity.Seal(seal.Content, seal.Recipient);
                Sender.Tell(new Replies.Sealed(seal.Id, frame.Bytes, frame.ContentHash, seal.Recipient.RecipientOf(seal.Content) ?? seal.Recipient.Fingerprint));
            }
            catch (Exception e)
            {
                Sender.Tell(new Replies.SealFailed(seal.Id, e is KeyException ? e.Message : Defect(e)));
            }
        });
        Receive<Commands.Open>(open =>
        {
            // A suite must not throw for what stands in a frame; one that does is a plugin's defect and costs that frame alone.
            try
            {
                Sender.Tell(new Replies.Opened(open.Number, open.SpoolId, identity.Open(open.Frame)));
            }
            catch (Exception e)
            {
                Defect(e);
                Sender.Tell(new Replies.Opened(open.Number, open.SpoolId, OpenResult.Dropped(DropReason.BadFrame)));
            }
        });
        Receive<Commands.Verify>(verify =>
        {
            try
            {
                Sender.Tell(new Replies.Verified(verify.SpoolId, verify.Frame.Verify(verify.Sender)));
            }
            catch (Exception e)
            {
                Defect(e);
                Sender.Tell(new Replies.Verified(verify.SpoolId, null));
            }
        });
    }

    private static byte[] Compose(ILocalIdentity identity, Commands.Compose compose) =>
        identity is JoinedIdentity joined && compose.Suite is { } suite ? joined.Compose(compose.Message, suite) : identity.Compose(compose.Message);

    /// <summary>Logs the type and place of a suite's exception; its message might hold a secret.</summary>
    private string Defect(Exception e)
    {
        _log.Error("The crypto suite threw {0} at {1}", e.GetType().Name, e.TargetSite?.Name ?? "an unknown place");
        return $"The crypto suite failed ({e.GetType().Name}).";
    }
}
