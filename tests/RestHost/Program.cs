using NesActors.Contracts.FrontEnd;
using NesActors.Core.Contacts;
using NesActors.FrontEnd.Rest;
using NesActors.Rest.Tests.Support;
using RestHost;

// RestHost FOLDER BROKER before|after|never: serves alice at the socket in the state folder, and knows bob. Where she is asked to send something, it stands still before or after her session has
// taken the message, or does not. A line of standard output says "ready", another "stopped".
var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var directory = new LabDirectory();
directory.Shows("alice");
directory.Shows("bob");
await using var alice = await LabPerson.StartAsync("alice", args[0], new Uri(args[1]), directory, "1", StrangerPolicy.Accept);
var messenger = StoppingMessenger.Of(alice.Messenger, args[2], () => output.WriteLine("stopped"));
await using var gateway = await new RestGateway().StartAsync(new GatewayRequest([alice.Identity with { Messenger = messenger }]) { MayCallPrivateAddresses = true }, default);
output.WriteLine("ready");
await Console.In.ReadToEndAsync();
