using System.Diagnostics;
using NetBootFabric.Benchmarks;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Wire;

// flight-cost [CLIENTS [ROUNDS]]: what the flight recorder costs a DHCP exchange: DISCOVER, OFFER, REQUEST, ACK, the note of the loader and the phases Discovering, Offered, Bound.
// Printed per round: time and octets allocated for an exchange; in the end what the recordings of all clients take.
var clients = args.Length > 0 ? int.Parse(args[0]) : 10_000;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
var before = GC.GetTotalMemory(forceFullCollection: true);
var recorder = new FlightRecorder(TimeProvider.System, new FlightLimits(), static _ => true, static _ => null);
var messages = Messages.Exchange();
for (var round = 1; round <= rounds; round++)
{
    var (allocated, began) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
    for (var client = 1; client <= clients; client++) Exchange(new MacAddress(0x5254_0000_0000ul | (uint)client), round);
    var elapsed = Stopwatch.GetElapsedTime(began);
    Console.WriteLine($"round {round}: {elapsed.TotalMicroseconds / clients:0.00} µs an exchange, {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / clients} octets allocated");
}
var packets = Stopwatch.GetTimestamp();
for (var i = 0; i < 1_000_000; i++) Packet(new MacAddress(0x5254_0000_0000ul | (uint)(i % clients + 1)), sent: false, messages[0]);
Console.WriteLine($"a DISCOVER of {messages[0].Length} octets: {Stopwatch.GetElapsedTime(packets).TotalNanoseconds / 1_000_000:0} ns");
Console.WriteLine($"{recorder.Clients} clients: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:0.0} MiB, {recorder.Octets / 1048576.0:0.0} MiB of it rings");
GC.KeepAlive(recorder);

void Exchange(MacAddress client, int boot)
{
    Packet(client, sent: false, messages[0]);
    Enter(client, boot, BootPhase.Discovering);
    recorder.Note(client, FlightProtocol.Boot, "loader Undionly");
    Packet(client, sent: true, messages[1]);
    Enter(client, boot, BootPhase.Offered);
    Packet(client, sent: false, messages[2]);
    Packet(client, sent: true, messages[3]);
    Enter(client, boot, BootPhase.Bound);
}

void Packet(MacAddress client, bool sent, byte[] message) =>
    recorder.Packet(client, new FlightPacket(FlightProtocol.Dhcp, sent, Ipv4Address.Any, 68, Ipv4Address.Broadcast, 67), message);

void Enter(MacAddress client, int boot, BootPhase phase) =>
    recorder.Entered(new ClientState { Mac = client, Current = new BootRecord { Number = boot, Phase = phase, Phases = [new(phase, default), new(phase, default)] } });
