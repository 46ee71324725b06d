using NesActors.Fuzz.Mutation;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;

namespace NesActors.Fuzz.Nes1;

/// <summary>Frames of suite nes1, changed as JSON and base64.</summary>
internal sealed class JsonFrames(SignedFrames frames) : IFrameTarget
{
    private static readonly JsonMutator Mutator = new(
        (random, name, value) => name is "v" or "version" or "iv" or "suite" ? random.Pick(JsonValues.Numbers) : Base64Mutator.Mutate(random, value),
        ["v", "version", "iv", "suite", "Cipherkey", "x", "from", "message", ""]);

    private readonly IReadOnlyList<JsonFields> _parsed = [.. frames.All.Select(frame => JsonFields.Parse(frame))];

    public string Name => "frame, its JSON";

    public byte[] Make(Random random)
    {
        var frame = Mutator.Mutate(random, random.Pick(_parsed), random.Pick(_parsed)).ToUtf8();
        return random.Once(8) ? ByteMutator.Mutate(random, frame, random.Pick(frames.All)) : frame;
    }

    public string Check(byte[] input) => frames.Check(input);

    public byte[] ToFrame(byte[] input) => input;
}
