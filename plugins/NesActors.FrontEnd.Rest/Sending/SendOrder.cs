using System.Text;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Sending;

/// <summary>One text for some people, and how far it is waited for.</summary>
internal sealed record SendOrder
{
    /// <summary>As many as one request may name.</summary>
    public const int MaxRecipients = 100;

    private SendOrder(IReadOnlyList<Username> to, string text) => (To, Text) = (to, text);

    /// <summary>To whom; each once.</summary>
    public IReadOnlyList<Username> To { get; }

    public string Text { get; }

    /// <summary>How far each message is to come before there is an answer: published or delivered; <see langword="null"/>: written down here.</summary>
    public MessageState? Until { get; init; }

    /// <summary>How long that is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether what has not left by then is taken back.</summary>
    public bool Withdraw { get; init; }

    /// <summary>Checks what somebody wants to send.</summary>
    /// <param name="to">Usernames; one that stands there twice counts once.</param>
    /// <param name="text">Valid Unicode.</param>
    /// <exception cref="ProblemException">It cannot be sent.</exception>
    public static SendOrder Of(IReadOnlyCollection<string> to, string text)
    {
        if (to.Count is 0 or > MaxRecipients) throw ProblemException.Invalid($"to: 1 to {MaxRecipients} usernames");
        if (Encoding.UTF8.GetByteCount(text) > Message.MaxTextBytes) throw new ProblemException(ProblemCode.TooLarge, $"text: at most {Message.MaxTextBytes / 1024} KiB in UTF-8; send it in parts.");
        return new SendOrder([.. to.Select(name => Parameters.User(name, "to")).Distinct()], text);
    }

    /// <summary>Names the recipients and never the text.</summary>
    public override string ToString() => $"SendOrder > {string.Join(", ", To)}";
}
