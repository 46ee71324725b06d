using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>Every frame of the vectors, on every engine.</summary>
public abstract class VectorTests(EngineName engine)
{
    private readonly VectorKeys _keys = VectorKeys.On(engine);

    public static TheoryData<int> ValidFrames => [.. Enumerable.Range(0, FrameVectors.Valid.Count)];

    public static TheoryData<string> LiberalFrames => [.. FrameVectors.Liberal.Select(frame => frame.Name)];

    public static TheoryData<string> HostileFrames => [.. FrameVectors.Hostile.Select(frame => frame.Name)];

    [Fact]
    public void There_are_as_many_frames_as_the_original_made()
    {
        Assert.Equal((34, 7, 33), (FrameVectors.Valid.Count, FrameVectors.Liberal.Count, FrameVectors.Hostile.Count));
    }

    [Theory]
    [MemberData(nameof(ValidFrames))]
    public void Opens_and_verifies_what_the_original_sent(int index)
    {
        var vector = FrameVectors.Valid[index];

        var message = OpenAndVerify(vector.To, vector.From, vector.Payload);

        var sentAt = DateTimeOffset.FromUnixTimeMilliseconds(vector.Timestamp);
        Assert.Equal(new Message(Username.Parse(vector.From), Username.Parse(vector.To), sentAt, vector.Message), message);
    }

    [Theory]
    [MemberData(nameof(LiberalFrames))]
    public void Opens_and_verifies_what_the_original_would_accept(string name)
    {
        var vector = FrameVectors.Liberal.Single(frame => frame.Name == name);

        var message = OpenAndVerify(vector.To, vector.From, vector.Payload);

        Assert.Equal(vector.Message, message?.Text);
    }

    [Theory]
    [MemberData(nameof(HostileFrames))]
    public void Drops_a_hostile_frame_for_a_reason_that_fits(string name)
    {
        var vector = FrameVectors.Hostile.Single(frame => frame.Name == name);

        Assert.Contains(ReasonToDrop(vector).ToCode(), vector.Reason);
    }

    // The checks that are not the suite's, in the host's order.
    private static DropReason? FirstCheckOfTheHost(OpenedFrame frame, string me) =>
        !Username.TryParse(frame.ClaimedSender, out var sender) ? DropReason.BadSender
        : frame.ClaimedRecipient != me ? DropReason.NotForMe
        : VectorUser.All.All(user => user.Username != sender) ? DropReason.UnknownSender
        : null;

    private DropReason ReasonToDrop(HostileFrame vector)
    {
        var result = _keys.Identity(vector.To).Open(Encoding.UTF8.GetBytes(vector.Payload));
        if (result.Frame is not { } frame) return result.Reason;
        if (FirstCheckOfTheHost(frame, vector.To) is { } reason) return reason;
        Assert.Null(frame.Verify(_keys.Peer(frame.ClaimedSender)));
        return DropReason.BadSignature;
    }

    private Message? OpenAndVerify(string to, string from, string payload)
    {
        var result = _keys.Identity(to).Open(Encoding.UTF8.GetBytes(payload));
        Assert.True(result.Frame is not null, $"Dropped: {result.Reason.ToCode()}");
        return result.Frame.Verify(_keys.Peer(from));
    }
}

public sealed class OpenSslVectorTests() : VectorTests(EngineName.OpenSsl);

public sealed class ManagedVectorTests() : VectorTests(EngineName.Managed);
