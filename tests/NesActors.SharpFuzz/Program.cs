using NesActors.SharpFuzz;
using SharpFuzz;

// HARNESS: what stands in standard input, or under afl-fuzz one input after the other. HARNESS FILE…: each of them, without afl-fuzz, as often as it takes to look at them.
// "seeds" HARNESS FOLDER: writes good inputs to begin with.
if (args is ["seeds", var seeded, var folder])
{
    Directory.CreateDirectory(folder);
    foreach (var (index, seed) in Harnesses.Seeds(seeded).Index()) File.WriteAllBytes(Path.Combine(folder, $"{index}"), seed);
    return 0;
}
if (args.Length == 0 || Harnesses.Find(args[0]) is not { } harness)
{
    Console.Error.WriteLine("One of: frame, plaintext, answer, nes2-frame, nes2-message, nes2-statement; or seeds and one of them and a folder.");
    return 2;
}
if (args.Length > 1)
{
    foreach (var file in args[1..]) harness(File.ReadAllBytes(file));
    Console.WriteLine($"{args.Length - 1:N0} inputs, and nothing found.");
    return 0;
}
Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    harness(input.ToArray());
});
return 0;
