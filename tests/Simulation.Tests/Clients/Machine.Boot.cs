using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;

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

    private void Resolve() => Reach(() =>
    {
        Deeds.Add(BootPhase.Resolved);
        _world.Node!.Events.Report(new ArpObservation(ArpSighting.ServerAsked, Mac, Plan.Server, 1, "eth1", _world.Now));
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
        Reach(() =>
        {
            if (Deeds[^1] != download.Phase) Deeds.Add(download.Phase);
            Tell(download, TransferStage.Started);
            var node = _world.Node;
            // A node that died in between took the transfer with it: the client asks again.
            Later(_world.Between(0.1, 1), () => Reach(() =>
            {
                if (_world.Node != node) Load(rest);
                else Finish(download, rest);
            }));
        });
    }

    private void Finish(Download download, ReadOnlyMemory<Download> rest)
    {
        Tell(download, TransferStage.Done);
        Load(rest[1..]);
    }

    private void Tell(Download download, TransferStage stage) => _world.Node!.Events.Report(Packets.Transfer(this, download, stage, _world.Now) with { Client = Mac });

    /// <summary>Does it as soon as the head node is within reach; after a minute of trying the machine starts over.</summary>
    private void Reach(Action action, int attempt = 0) => Later(_world.Between(0.01, 0.3), () =>
    {
        if (_world.Network.Reaches) action();
        else if (attempt < 60) Later(TimeSpan.FromSeconds(1), () => Reach(action, attempt + 1));
        else GiveUp();
    });
}

internal sealed record Download(string Path, TransferProtocol Protocol, ContentRole Role, BootPhase Phase, long Number = 0);
