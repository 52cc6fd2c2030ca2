using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp.Tests.Codec;

/// <summary>What real clients sent, as facts.</summary>
public sealed class GoldenInquiryTests
{
    public static TheoryData<string> Captures => [.. GoldenPackets.Captures];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_request_of_a_real_client_is_read(string capture)
    {
        foreach (var inquiry in Packets.Inquiries(capture))
        {
            Assert.Contains(inquiry.Client.Value >> 24, new[] { 0x5254_00ul, 0x0277_00ul });
            Assert.False(inquiry.IsRelayed);
            if (inquiry.Type == DhcpMessageType.Request && inquiry.ClientAddress.IsAny) Assert.False(inquiry.RequestedAddress.IsAny);
        }
    }

    [Theory]
    [InlineData("ipxe-bios-virtio", ClientArchitecture.BiosX86, "PXEClient:Arch:00000:UNDI:002001", "iPXE", false, true)]
    [InlineData("ovmf-ipxerom-e1000", ClientArchitecture.EfiX64, "PXEClient:Arch:00007:UNDI:003010", "iPXE", false, true)]
    [InlineData("plain-rom-undionly", ClientArchitecture.BiosX86, "PXEClient:Arch:00000:UNDI:002001", "", true, true)]
    [InlineData("ovmf-pxe4-virtio", ClientArchitecture.EfiX64, "PXEClient:Arch:00007:UNDI:003000", "", true, true)]
    [InlineData("ovmf-http4-virtio", ClientArchitecture.HttpX64, "HTTPClient:Arch:00016:UNDI:003000", "", true, true)]
    [InlineData("busybox-udhcpc", ClientArchitecture.Unknown, "udhcp 1.35.0", "", false, false)]
    [InlineData("isc-dhclient", ClientArchitecture.Unknown, "", "", false, false)]
    public void The_first_DISCOVER_says_who_speaks(string capture, ClientArchitecture architecture, string vendorClass, string userClass, bool broadcast, bool wantsBoot)
    {
        var inquiry = Packets.Inquiries(capture).First(inquiry => inquiry.Type == DhcpMessageType.Discover);
        Assert.Equal(architecture, inquiry.Architecture);
        Assert.Equal(vendorClass, inquiry.VendorClass);
        Assert.Equal(userClass, inquiry.UserClass);
        Assert.Equal(broadcast, inquiry.BroadcastFlag);
        Assert.Equal(wantsBoot, inquiry.WantsBoot);
        Assert.Equal(userClass == "iPXE", inquiry.HasIpxeOptions);
        Assert.Equal(wantsBoot ? 17 : 0, inquiry.ClientUuid.Length);
    }

    [Fact]
    public void Only_the_broadcast_flag_tells_undionly_from_an_iPXE_ROM()
    {
        var discovers = Packets.Inquiries("undionly-chain-bios").Where(inquiry => inquiry is { Type: DhcpMessageType.Discover, IsIpxe: true }).ToList();
        Assert.Equal([false, false, true, true], discovers.Select(inquiry => inquiry.BroadcastFlag));
        Assert.Single(discovers.Select(inquiry => (inquiry.VendorClass, inquiry.Architecture, Convert.ToHexString(inquiry.ParameterRequestList.Span))).Distinct());
    }

    [Fact]
    public void A_SELECTING_request_names_the_server_and_the_address()
    {
        var request = Packets.Inquiries("ovmf-pxe4-virtio").First(inquiry => inquiry.Type == DhcpMessageType.Request);
        Assert.Equal(Ipv4Address.Parse("10.77.0.1"), request.ServerIdentifier);
        Assert.Equal("10.77.", request.RequestedAddress.ToString()[..6]);
    }
}
