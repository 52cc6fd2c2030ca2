using System.Collections.Frozen;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace Page.Tests.Heads;

/// <summary>Nodes n0001, n0002 … in racks r01, r02 …, and where their boots are.</summary>
internal sealed class TestRoom : IRoomSource
{
    private static readonly BootPhase[] Way = [BootPhase.Discovering, BootPhase.Offered, BootPhase.Bound, BootPhase.Resolved, BootPhase.Loader, BootPhase.Script, BootPhase.Kernel, BootPhase.Initrd, BootPhase.Booted];

    public TestRoom(int clients, int rack = 40, Func<int, string>? name = null)
    {
        Macs = [.. Enumerable.Range(1, clients).Select(i => MacAddress.Parse($"52:54:00:{i >> 16:x2}:{i >> 8 & 255:x2}:{i & 255:x2}"))];
        Current = new Room
        {
            Subnets = [new Subnet { Network = Ipv4Network.Parse("10.77.0.0/16") }],
            Profiles = new Dictionary<string, Profile> { ["default"] = new() { Name = "default", Kernel = "vmlinuz" } }.ToFrozenDictionary(),
            Nodes = Macs.Select((mac, i) => new NodeEntry
            {
                Mac = mac,
                Name = name?.Invoke(i) ?? $"n{i + 1:0000}",
                Group = i % 2 == 0 ? "compute" : "storage",
                Variables = new Dictionary<string, string> { [NodeEntry.RackVariable] = $"r{i / rack + 1:00}" }.ToFrozenDictionary(),
            }).ToFrozenDictionary(node => node.Mac),
        };
    }

    public IReadOnlyList<MacAddress> Macs { get; }

    public Room Current { get; }

    /// <summary>What the board shows at the head node's start.</summary>
    public List<ClientState> Seen { get; } = [];

    /// <summary>The client with this number, from 1, in a boot that began some seconds ago and went its way until this phase.</summary>
    public ClientState At(int number, BootPhase phase, double began = 20, BootFailure? failure = null)
    {
        var now = DateTimeOffset.UtcNow;
        var end = phase == BootPhase.Failed ? BootPhase.Kernel : phase;
        var phases = Way.TakeWhile(each => each <= end).ToList();
        if (phase == BootPhase.Failed) phases.Add(BootPhase.Failed);
        var step = TimeSpan.FromSeconds(began) / (phases.Count + 1);
        return new ClientState
        {
            Mac = Macs[number - 1],
            Attributes = new ClientAttributes { VendorClass = "PXEClient:Arch:00000:UNDI:002001", Uuid = $"4c4c4544-0000-0000-0000-{number:x12}" },
            Current = new BootRecord
            {
                Number = 1,
                Phase = phase,
                Boots = true,
                Architecture = ClientArchitecture.BiosX86,
                Address = Ipv4Address.Parse($"10.77.{1 + number / 250}.{1 + number % 250}"),
                Server = Ipv4Address.Parse("10.77.0.1"),
                Phases = [.. phases.Select((each, i) => new PhaseEntry(each, now - TimeSpan.FromSeconds(began) + step * i))],
                Exchanges = 1,
                Discovers = 1,
                Bytes = 9 << 20,
                LastHeard = now,
                Transport = TransferProtocol.Http,
                Downloads = phase >= BootPhase.Kernel ? [new Download(1, "vmlinuz", TransferProtocol.Http, ContentRole.Kernel, 8 << 20, 8 << 20, TransferStage.Done, now)] : [],
                Failure = phase == BootPhase.Failed ? failure ?? new BootFailure(BootStep.Http, FailureCause.NotFound, "initrd.img") : null,
            },
        };
    }
}
