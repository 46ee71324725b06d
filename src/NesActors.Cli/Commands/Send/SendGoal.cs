using System.CommandLine.Parsing;

namespace NesActors.Cli.Commands.Send;

/// <summary>How far a message is to come before the command is done.</summary>
internal enum SendGoal
{
    /// <summary>Written down here.</summary>
    Queued,

    /// <summary>The broker has it.</summary>
    Published,

    /// <summary>The recipient's client has confirmed it.</summary>
    Delivered,
}

/// <summary>Reads goals.</summary>
internal static class SendGoals
{
    /// <summary>Those that can be waited for.</summary>
    public static SendGoal Parse(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        if (word == "delivered") return SendGoal.Delivered;
        if (word != "published") result.AddError("--wait takes published or delivered");
        return SendGoal.Published;
    }
}
