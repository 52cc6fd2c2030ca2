using System.Buffers.Binary;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Dhcp;

/// <summary>What each kind of client says first.</summary>
internal static class Inquiries
{
    public static readonly Ingress Here = new(0, "eth1", DhcpRoom.Server, Ipv4Address.Any, 68, 67);

    private static readonly byte[] Uuid = [0, .. new byte[16]];

    public static DhcpInquiry Ipxe => Firmware("PXEClient:Arch:00000:UNDI:002001", ClientArchitecture.BiosX86) with
    {
        UserClass = "iPXE",
        HasIpxeOptions = true,
        BroadcastFlag = false,
        ClientIdentifier = new byte[] { 1, 0x52, 0x54, 0, 0x99, 0, 9 },
    };

    public static DhcpInquiry BiosPxe => Firmware("PXEClient:Arch:00000:UNDI:002001", ClientArchitecture.BiosX86);
    public static DhcpInquiry EfiPxe => Firmware("PXEClient:Arch:00007:UNDI:003000", ClientArchitecture.EfiX64);
    public static DhcpInquiry EfiArm => Firmware("PXEClient:Arch:00011:UNDI:003000", ClientArchitecture.EfiArm64);
    public static DhcpInquiry EfiHttp => Firmware("HTTPClient:Arch:00016:UNDI:003000", ClientArchitecture.HttpX64);

    public static DhcpInquiry Udhcpc => new()
    {
        Type = DhcpMessageType.Discover,
        Client = DhcpRoom.Stranger,
        TransactionId = 7,
        VendorClass = "udhcp 1.35.0",
        ParameterRequestList = new byte[] { 1, 3, 6, 12, 15, 28, 42 },
        Ingress = Here,
    };

    public static DhcpInquiry Firmware(string vendorClass, ClientArchitecture architecture) => new()
    {
        Type = DhcpMessageType.Discover,
        Client = DhcpRoom.Stranger,
        TransactionId = 5,
        BroadcastFlag = true,
        VendorClass = vendorClass,
        Architecture = architecture,
        ClientUuid = Uuid,
        ParameterRequestList = new byte[] { 1, 3, 6, 12, 15, 43, 60, 66, 67 },
        MaximumMessageSize = 1472,
        Ingress = Here,
    };

    public static DhcpInquiry Request(DhcpInquiry like) => like with { Type = DhcpMessageType.Request };

    /// <summary>The REQUEST that takes an offer up.</summary>
    public static DhcpInquiry Select(DhcpInquiry discover, DhcpAnswer offer) =>
        Request(discover) with { RequestedAddress = offer.YourAddress, ServerIdentifier = Ipv4Address.Read(offer.Option(54).Span) };

    public static ReadOnlyMemory<byte> Option(this DhcpAnswer answer, byte code) => Assert.Single(answer.Options, option => option.Code == code).Value;

    public static bool Has(this DhcpAnswer answer, byte code) => answer.Options.Any(option => option.Code == code);

    public static uint Seconds(this DhcpAnswer answer) => BinaryPrimitives.ReadUInt32BigEndian(answer.Option(51).Span);
}
