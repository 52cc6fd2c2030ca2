using System.Buffers.Binary;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Simulation.Tests.Clients;

/// <summary>What each stage of a machine puts into its packets, and what it reads.</summary>
internal static class Packets
{
    private static readonly Ingress Ingress = new(0, "", Plan.ServerOf(0), Ipv4Address.Any, 68, 67);

    public static DhcpInquiry From(Machine machine, DhcpMessageType type, uint xid)
    {
        var plain = new DhcpInquiry { Type = type, Client = machine.Mac, TransactionId = xid, Ingress = Ingress };
        return machine.Speaker switch
        {
            Speaker.PxeRom => plain with { VendorClass = "PXEClient:Arch:00000:UNDI:002001", Architecture = ClientArchitecture.BiosX86 },
            Speaker.Ipxe => plain with { VendorClass = "PXEClient:Arch:00000:UNDI:002001", UserClass = "iPXE", HasIpxeOptions = true, Architecture = ClientArchitecture.BiosX86 },
            _ => plain with { HostName = machine.HostName, ClientIdentifier = (byte[])[255, (byte)machine.Number] },
        };
    }

    /// <summary>Option 51, seconds; 0 when absent.</summary>
    public static uint LeaseSeconds(DhcpAnswer answer)
    {
        foreach (var option in answer.Options)
            if (option.Code == DhcpOptions.LeaseTime.Code) return BinaryPrimitives.ReadUInt32BigEndian(option.Value.Span);
        return 0;
    }

    /// <summary>Option 54; 0.0.0.0 when absent.</summary>
    public static Ipv4Address Server(DhcpAnswer answer)
    {
        foreach (var option in answer.Options)
            if (option.Code == DhcpOptions.ServerIdentifier.Code) return Ipv4Address.Read(option.Value.Span);
        return default;
    }

    public static TransferEvent Transfer(Machine machine, Download download, TransferStage stage, DateTimeOffset now) => new()
    {
        Stage = stage,
        Protocol = download.Protocol,
        Peer = machine.Address ?? default,
        Path = download.Path,
        Role = download.Role,
        Bytes = stage == TransferStage.Done ? 1000 : 0,
        Length = 1000,
        Transfer = download.Number,
        At = now,
    };
}
