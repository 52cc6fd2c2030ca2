using System.Text;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp.Tests.Codec;

public sealed class InquiryReaderTests
{
    private static readonly (byte, byte[]) Discover = (53, [1]);

    [Fact]
    public void Every_refusal_of_the_codec_has_a_counter_of_the_same_name()
    {
        foreach (var refusal in Enum.GetValues<DhcpRefusal>()) Assert.Equal(refusal.ToString(), ((InquiryRefusal)refusal).ToString());
    }

    [Fact]
    public void BOOTP_is_refused() => Assert.Equal(InquiryRefusal.NoMessageType, Packets.Read(Packets.Request()).Refusal);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(255)]
    public void Messages_that_no_client_sends_are_refused(byte type) =>
        Assert.Equal(InquiryRefusal.NotAClientsMessage, Packets.Read(Packets.Request((53, [type]))).Refusal);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    public void A_relay_agent_that_is_no_host_is_refused(string relay) =>
        Assert.Equal(InquiryRefusal.BadAddress, Packets.Read(Packets.Request(Ipv4Address.Parse(relay), Discover)).Refusal);

    [Fact]
    public void A_group_address_names_no_client()
    {
        var octets = Packets.Request(Discover);
        octets[28] |= 1; // chaddr
        Assert.Equal(InquiryRefusal.NoClientAddress, Packets.Read(octets).Refusal);
    }

    [Fact]
    public void Another_link_types_address_names_no_client()
    {
        var octets = Packets.Request(Discover);
        octets[1] = 32; // htype InfiniBand
        octets[2] = 0;
        Assert.Equal(InquiryRefusal.NoClientAddress, Packets.Read(octets).Refusal);
    }

    [Theory]
    [InlineData("iPXE", "iPXE")]
    [InlineData("\u0004iPXE", "iPXE")]
    [InlineData("\u0003lab\u0004iPXE", "iPXE")]
    [InlineData("\u0003lab\u0002xy", "lab")]
    public void User_classes_are_read_with_and_without_length_octets(string octets, string userClass) =>
        Assert.Equal(userClass, Packets.Read(Packets.Request(Discover, (77, Encoding.ASCII.GetBytes(octets)))).Inquiry!.UserClass);

    [Theory]
    [InlineData("PXEClient:Arch:00007:UNDI:003000", ClientArchitecture.EfiX64)]
    [InlineData("HTTPClient:Arch:00019", ClientArchitecture.HttpArm64)]
    [InlineData("PXEClient:Arch:0007", ClientArchitecture.Unknown)]
    [InlineData("PXEClient", ClientArchitecture.Unknown)]
    public void Without_option_93_the_vendor_class_says_the_architecture(string vendorClass, ClientArchitecture architecture) =>
        Assert.Equal(architecture, Packets.Read(Packets.Request(Discover, (60, Encoding.ASCII.GetBytes(vendorClass)))).Inquiry!.Architecture);

    [Fact]
    public void What_is_not_printable_is_made_so() =>
        Assert.Equal("a?b?", Packets.Read(Packets.Request(Discover, (12, "a\nb\u00e9\0"u8[..4].ToArray()))).Inquiry!.HostName);

    [Fact]
    public void Relay_information_is_heard_of_relay_agents_only()
    {
        byte[] information = [5, 4, 10, 78, 0, 0, 11, 4, 10, 77, 0, 9];
        var relayed = Packets.Read(Packets.Request(Ipv4Address.Parse("10.77.0.2"), Discover, (82, information))).Inquiry!;
        Assert.Equal(Ipv4Address.Parse("10.78.0.0"), relayed.LinkSelection);
        Assert.Equal(Ipv4Address.Parse("10.77.0.9"), relayed.ServerIdentifierOverride);

        var direct = Packets.Read(Packets.Request(Discover, (82, information))).Inquiry!;
        Assert.True(direct.LinkSelection.IsAny && direct.ServerIdentifierOverride.IsAny);
        Assert.Equal(information, direct.RelayInformation.ToArray());
    }

    [Fact]
    public void A_boot_item_is_seen_in_the_vendor_options() =>
        Assert.True(Packets.Read(Packets.Request(Discover, (43, [71, 4, 0, 1, 0, 0, 255]))).Inquiry!.HasBootItem);

    [Fact]
    public void Any_octets_give_facts_or_a_refusal_and_never_an_exception()
    {
        var random = new Random(20261122);
        var reader = new InquiryReader();
        var scratch = new byte[2048];
        for (var round = 0; round < 20_000; round++)
        {
            var octets = Packets.Request(Discover, (77, [4, 1]), (93, [0, 7]), (60, "PXEClient"u8.ToArray()), (82, [5, 4, 1, 2, 3, 4]), (43, [71, 4, 0, 0, 0, 0]));
            for (var change = random.Next(1, 12); change > 0; change--) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            var cut = octets.AsSpan(0, random.Next(8) == 0 ? random.Next(octets.Length) : octets.Length);
            if (!DhcpPacket.TryParse(cut, scratch, out var packet, out var malformed)) Assert.NotEqual(DhcpRefusal.None, malformed);
            else if (!reader.TryRead(packet, Packets.Here, out _, out var refusal)) Assert.NotEqual(InquiryRefusal.None, refusal);
        }
    }
}
