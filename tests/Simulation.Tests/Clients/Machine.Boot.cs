using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Simulation.Tests.Nodes;

namespace NetBootFabric.Simulation.Tests.Clients;

/// <summary>From the first ACK to the running system: ARP, downloads.</summary>
internal sealed partial class Machine
{
    private static readonly Download Loader = new("undionly.kpxe", TransferProtocol.Tftp, ContentRole.Loader, BootPhase.Loader);
    private static readonly Download Script = new("script.ipxe", TransferProtocol.Http, ContentRole.Script, BootPhase.Script);
    private static readonly Download Kernel = new("vmlinuz", TransferProtocol.Http, ContentRole.Kernel, BootPhase.Kernel);
    private static readonly Download Initrd = new("initrd.img", TransferProtocol.Http, ContentRole.Initrd, BootPhase.Initrd);

    /// <summary>iPXE in a ROM needs no loader.</summary>
    private static readonly Download[] FromRom = [Loader, Script, Kernel, Initrd];

    /// <summary>What the machine did since power-on that is worth a phase; in order.</summary>
    public List<BootPhase> Deeds { get; } = [];

    private long _transfers;

    private void Resolve() => Reach(node =>
    {
        Deeds.Add(BootPhase.Resolved);
        node.Events.Report(new ArpObservation(ArpSighting.ServerAsked, Mac, _bootServer, 1, "eth1", _world.Now));
        Load(Speaker == Speaker.PxeRom ? FromRom : FromRom.AsMemory(1));
    });

    private void Load(ReadOnlyMemory<Download> rest)
    {
        if (rest.IsEmpty)
        {
            Later(_world.Between(1, 5), StartSystem);
            return;
        }
        var download = rest.Span[0] with { Number = ++_transfers };
        Reach(node =>
        {
            if (Deeds[^1] != download.Phase) Deeds.Add(download.Phase);
            Tell(node, download, TransferStage.Started);
            // A node that died in between took the transfer with it: the client asks again.
            Later(_world.Between(0.1, 1), () => Reach(now =>
            {
                if (now != node) Load(rest);
                else Finish(node, download, rest);
            }));
        });
    }

    private void Finish(HeadNode node, Download download, ReadOnlyMemory<Download> rest)
    {
        Tell(node, download, TransferStage.Done);
        Load(rest[1..]);
    }

    private void Tell(HeadNode node, Download download, TransferStage stage) =>
        node.Events.Report(Packets.Transfer(this, download, stage, _world.Now) with { Client = Mac });

    /// <summary>Does it as soon as its head node is within reach; after a minute of trying the machine starts over.</summary>
    private void Reach(Action<HeadNode> action, int attempt = 0) => Later(_world.Between(0.01, 0.3), () =>
    {
        if (_world.Network.Reach(_bootServer) is { } node) action(node);
        else if (attempt < 60) Later(TimeSpan.FromSeconds(1), () => Reach(action, attempt + 1));
        else GiveUp();
    });
}

internal sealed record Download(string Path, TransferProtocol Protocol, ContentRole Role, BootPhase Phase, long Number = 0);
