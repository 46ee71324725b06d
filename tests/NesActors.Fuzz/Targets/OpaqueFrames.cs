using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;

namespace NesActors.Fuzz.Targets;

/// <summary>Frames of any suite, their bytes changed.</summary>
internal sealed class OpaqueFrames(SignedFrames frames) : IFrameTarget
{
    public string Name { get; init; } = "frame, its bytes";

    public byte[] Make(Random random) => ByteMutator.Mutate(random, random.Pick(frames.All), random.Pick(frames.All));

    public string Check(byte[] input) => frames.Check(input);

    public byte[] ToFrame(byte[] input) => input;
}
