using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console;
using NesActors.PluginContracts.FrontEnd;

namespace NesActors.FrontEnd.Tests.Plain;

/// <summary>The contract of front-ends, for <c>listen</c>.</summary>
public sealed class ListenSpec : PrintingFrontEndSpec
{
    protected override IFrontEnd Create() => new ConsoleFrontEnd();

    protected override FrontEndRequest Request(FrontEndConsole console) => new(ConsoleFrontEnd.ListenVerb, console);
}

/// <summary>The contract of front-ends, for <c>chat</c> without a terminal.</summary>
public sealed class PlainChatSpec : PrintingFrontEndSpec
{
    protected override IFrontEnd Create() => new ConsoleFrontEnd();

    protected override FrontEndRequest Request(FrontEndConsole console) => new(ConsoleFrontEnd.ChatVerb, console) { Peer = Bob };
}

/// <summary>The contract of front-ends, for <c>listen --json</c>: what it prints is ASCII.</summary>
public sealed class JsonListenSpec : FrontEndSpec
{
    protected override IFrontEnd Create() => new ConsoleFrontEnd();

    protected override FrontEndRequest Request(FrontEndConsole console) => new(ConsoleFrontEnd.ListenVerb, console) { Json = true };
}
