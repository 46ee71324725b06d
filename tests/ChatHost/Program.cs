using System.Runtime.InteropServices;
using ChatHost;
using Microsoft.Win32.SafeHandles;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console;
using NesActors.PluginContracts.FrontEnd;

// ChatHost VERB [PEER]: alice's side of a session without a network. Lines of the file named by CHAT_SCRIPT are things that happen.
using var ending = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

var clock = TimeProvider.System;
var messenger = new ScriptedMessenger(Username.Parse("alice"), clock);
Script.Apply(messenger, clock);

// Console.Out hides a closed pipe; a stream over the handle does not.
using var output = new StreamWriter(new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 1));
var isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
var request = new FrontEndRequest(args[0], new FrontEndConsole(Console.In, isInteractive ? Console.Out : output, Console.Error, isInteractive))
{
    Peer = args.Length > 1 ? Username.Parse(args[1]) : null,
};
return await new ConsoleFrontEnd().RunAsync(request, messenger, ending.Token);

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ending.Cancel();
}
