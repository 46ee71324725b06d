using System.Text;
using CsCheck;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>Any text, between any of the key sizes 2048, 3072 and 4096, under any names.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Names = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789_-"].Array[Username.MinLength, Username.MaxLength].Select(chars => new string(chars));
    private static readonly Gen<VectorUser> Owners = Gen.OneOf([.. VectorUser.All]);
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()]
        .Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private readonly RsaAesSuite _suite = new();

    [Fact]
    public void Any_message_between_any_users_arrives()
    {
        Gen.Select(Names, Owners, Names, Owners, Gen.String, Times).Sample(
            (from, fromKeys, to, toKeys, text, time) =>
            {
                var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                var message = new Message(Username.Parse(from), Username.Parse(to), time, valid);
                using var sender = _suite.LoadIdentity(message.From, fromKeys.KeyStore(), TimeProvider.System);
                using var recipient = _suite.LoadIdentity(message.To, toKeys.KeyStore(), TimeProvider.System);
                using var senderAsPeer = _suite.ReadPeer(fromKeys.PublicRecord with { User = message.From });
                using var recipientAsPeer = _suite.ReadPeer(toKeys.PublicRecord with { User = message.To });

                var frame = sender.Seal(message, recipientAsPeer);

                Assert.Equal(message, recipient.Open(frame).Frame?.Verify(senderAsPeer));
            },
            iter: 60);
    }
}
