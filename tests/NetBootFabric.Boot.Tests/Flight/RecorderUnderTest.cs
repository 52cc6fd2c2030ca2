using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Flight;

/// <summary>A recorder with few rings, and a clock that goes on by a millisecond with each look.</summary>
internal sealed class RecorderUnderTest : TimeProvider
{
    private static readonly DateTimeOffset Began = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private int _looks;

    public RecorderUnderTest(FlightLimits? limits = null) => Recorder = new FlightRecorder(this, limits ?? new FlightLimits(), Known.Contains, address => Holders.TryGetValue(address, out var holder) ? holder : null);

    public HashSet<MacAddress> Known { get; } = [];
    public Dictionary<Ipv4Address, MacAddress> Holders { get; } = [];
    public FlightRecorder Recorder { get; }

    public override DateTimeOffset GetUtcNow() => Began.AddMilliseconds(_looks++);

    public static MacAddress Client(int number) => new(0x5254_0000_0000ul | (uint)number);

    public void Hear(int client, ReadOnlySpan<byte> payload, FlightProtocol protocol = FlightProtocol.Dhcp) =>
        Recorder.Packet(Client(client), new FlightPacket(protocol, false, Ipv4Address.Any, 68, Ipv4Address.Broadcast, 67), payload);

    public void Enter(int client, BootPhase phase, long boot = 1, BootFailure? failure = null, BootRecord? before = null) => Recorder.Entered(new ClientState
    {
        Mac = Client(client),
        Current = new BootRecord { Number = boot, Phase = phase, Failure = failure, Phases = [new(phase, Began)] },
        History = before is null ? [] : [before],
    });

    public string[] Current(int client) => [.. Recorder.Read(Client(client)).Current.Select(Show)];

    public string[] Failed(int client) => [.. Recorder.Read(Client(client)).Failed.Select(Show)];

    private static string Show(FlightEntry entry) => entry.Note ?? $"{entry.Packet.Protocol} {Convert.ToHexStringLower(entry.Payload.Span)}";
}
