using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>A contact with pinned keys and the safety number under them.</summary>
internal sealed class Verification(Invocation run, IContactBook book, Contact contact, SafetyNumber number)
{
    private const int GroupsInRow = 4;

    /// <summary>Whether a program reads the result.</summary>
    public bool Json { get; init; }

    /// <summary>Whether a QR code is wanted where it can be drawn.</summary>
    public bool WithQr { get; init; }

    private bool CanDraw => run.Environment.IsInteractive && run.Environment.Variables.GetValueOrDefault("TERM") != "dumb";

    /// <summary>Shows the number.</summary>
    public int Show()
    {
        if (Json) return Tell(contact, isAlike: null);
        run.Out.WriteLine($"Safety number of {run.Settings.User} and {contact.User}:\n");
        foreach (var row in number.ToGroups().Split(' ').Chunk(GroupsInRow)) run.Out.WriteLine($"    {string.Join(' ', row)}");
        run.Out.WriteLine();
        if (WithQr && CanDraw) run.Out.WriteLine(QrDrawing.Of(number.Digits));
        run.Out.WriteLine($"Compare it with what {contact.User} sees (nes contacts verify {run.Settings.User}), face to face or by telephone. Are all digits the same:");
        run.Out.WriteLine($"    nes contacts verify {contact.User} --yes");
        run.Out.WriteLine($"Or let the program compare what you were sent or have scanned: nes contacts verify {contact.User} --number \"DIGITS\"");
        run.Out.WriteLine(contact.IsVerified ? $"You have verified {contact.User}." : $"{contact.User} is not verified yet.");
        if (contact.Offered is not null) run.Error.WriteLine($"warning: the key directory shows other keys of {contact.User} now, which this number is not about; see: nes contacts show {contact.User}");
        return ExitCode.Done;
    }

    /// <summary>Takes down what the person found.</summary>
    public async Task<int> MarkAsync(bool isVerified, CancellationToken cancellation)
    {
        var marked = await book.ChangeContactAsync(contact.User, new ContactChange.Verify(contact.Pinned!.Value, isVerified), cancellation)
            ?? throw new CliException(ExitCode.Untrusted, $"{contact.User} has other keys by now, nothing was marked; see: nes contacts show {contact.User}");
        if (Json) return Tell(marked, isAlike: null);
        run.Out.WriteLine(isVerified ? $"{contact.User} is verified, as long as these are their keys." : $"{contact.User} is not verified any more.");
        return ExitCode.Done;
    }

    /// <summary>Compares the number with another, and marks the contact where they are the same.</summary>
    /// <param name="other">What the other side shows.</param>
    /// <param name="mine">My own keys.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<int> CompareAsync(SafetyNumber other, Fingerprint mine, CancellationToken cancellation)
    {
        if (other == number)
        {
            if (!Json) run.Out.WriteLine("The numbers are the same.");
            return await MarkAsync(isVerified: true, cancellation);
        }
        if (Json) Tell(contact, isAlike: false);
        var isOfOffered = contact.Offered is { } offered && SafetyNumber.Of(run.Settings.User, mine, contact.User, offered) == other;
        throw new CliException(ExitCode.Untrusted, isOfOffered
            ? $"that is the number under the new keys of {contact.User}, which you have not accepted: nes contacts trust {contact.User} --fingerprint {contact.Offered}; then verify again"
            : $"THE NUMBERS DIFFER, {contact.User} is not verified: a digit is wrong, or one of you changed keys, or somebody sits between you. Believe nothing and send nothing secret until you know");
    }

    private int Tell(Contact now, bool? isAlike)
    {
        run.Out.WriteLine(JsonLine.Of(
            ("user", now.User.Value), ("number", number.Digits), ("fingerprint", now.Pinned?.Value), ("verified", now.IsVerified), ("same", isAlike), ("offered", now.Offered?.Value)));
        return ExitCode.Done;
    }
}
