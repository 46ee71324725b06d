using NesActors.Fuzz.Mutation;

namespace NesActors.Fuzz.Running;

/// <summary>One case: all of it follows from the seed and its number, so that it can be repeated alone.</summary>
internal readonly record struct FuzzCase(int Seed, long Number)
{
    /// <summary>What this case is for, and its input.</summary>
    public (IFuzzTarget Target, byte[] Input) Make(IReadOnlyList<IFuzzTarget> targets)
    {
        var random = new Random(Mix());
        var target = random.Pick(targets);
        return (target, target.Make(random));
    }

    // The finisher of SplitMix64: neighbours get seeds that have nothing in common. (HashCode differs from process to process.)
    private int Mix()
    {
        var mixed = ((ulong)(uint)Seed << 32) ^ ((ulong)Number * 0x9e3779b97f4a7c15);
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (int)(mixed ^ (mixed >> 31));
    }
}
