using System.Net;

namespace NetBootFabric.Wire.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("52:54:00:AB:cd:09")]
    [InlineData("52-54-00-ab-cd-09")]
    [InlineData("5254.00ab.cd09")]
    [InlineData("525400abcd09")]
    public void A_mac_address_is_read_in_the_usual_forms(string text) =>
        Assert.Equal("52:54:00:ab:cd:09", MacAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("52:54:00:ab:cd")]
    [InlineData("52:54:00:ab:cd:0")]
    [InlineData("52:54:00:ab:cd:0g")]
    [InlineData("52:54:00:ab:cd:09:00")]
    [InlineData("52:54-00:ab:cd:09")]
    [InlineData("5254:00ab:cd09")]
    [InlineData("5:254:00:ab:cd:09")]
    [InlineData("525400abcd09 ")]
    public void Other_text_is_no_mac_address(string text) => Assert.False(MacAddress.TryParse(text, out _));

    [Fact]
    public void A_mac_address_keeps_the_order_of_its_octets()
    {
        var octets = new byte[] { 1, 0x80, 3, 4, 5, 0xFE };
        var mac = MacAddress.Read(octets);
        var written = new byte[6];
        mac.Write(written);
        Assert.Equal(octets, written);
        Assert.Equal("01-80-03-04-05-fe", mac.Format('-'));
        Assert.True(mac.IsMulticast);
        Assert.False(MacAddress.Parse("52:54:00:00:00:01").IsMulticast);
        Assert.Equal("ff:ff:ff:ff:ff:ff", $"{MacAddress.Broadcast}");
    }

    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("10.77.0.1", 0x0A4D0001u)]
    [InlineData("255.255.255.255", uint.MaxValue)]
    public void An_ipv4_address_is_four_decimal_numbers(string text, uint value)
    {
        var address = Ipv4Address.Parse(text);
        Assert.Equal(value, address.Value);
        Assert.Equal(text, $"{address}");
        Assert.Equal(IPAddress.Parse(text), address.ToIPAddress());
        Assert.Equal(address, Ipv4Address.From(IPAddress.Parse("::ffff:" + text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.77.0")]
    [InlineData("10.77.0.1.")]
    [InlineData("10.77.0.256")]
    [InlineData("10.77.0.01")]
    [InlineData("10.77.0. 1")]
    [InlineData("10.77..1")]
    [InlineData("10.77.0.+1")]
    public void Other_text_is_no_ipv4_address(string text) => Assert.False(Ipv4Address.TryParse(text, out _));

    [Theory]
    [InlineData("10.77.0.0/16", "255.255.0.0", "10.77.255.255")]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("10.77.0.1/32", "255.255.255.255", "10.77.0.1")]
    public void A_network_has_a_mask_and_a_broadcast_address(string text, string mask, string broadcast)
    {
        var network = Ipv4Network.Parse(text);
        Assert.Equal(mask, network.Mask.ToString());
        Assert.Equal(broadcast, network.BroadcastAddress.ToString());
        Assert.True(network.Contains(network.BroadcastAddress));
        Assert.Equal(text, network.ToString());
    }

    [Theory]
    [InlineData("10.77.0.1/16")]
    [InlineData("10.77.0.0/33")]
    [InlineData("10.77.0.0/")]
    [InlineData("10.77.0.0")]
    [InlineData("10.77.0.0/-1")]
    public void Other_text_is_no_network(string text) => Assert.False(Ipv4Network.TryParse(text, out _));

    [Fact]
    public void Networks_overlap_when_one_holds_the_other()
    {
        var room = Ipv4Network.Parse("10.77.0.0/16");
        Assert.True(room.Overlaps(Ipv4Network.Parse("10.77.4.0/24")));
        Assert.True(Ipv4Network.Parse("10.77.4.0/24").Overlaps(room));
        Assert.False(room.Overlaps(Ipv4Network.Parse("10.78.0.0/16")));
    }

    [Theory]
    [InlineData("52:54:00:77:00:01", "fe80::5054:ff:fe77:1")]
    [InlineData("02:00:00:00:00:00", "fe80::ff:fe00:0")]
    [InlineData("ff:ff:ff:ff:ff:ff", "fe80::fdff:ffff:feff:ffff")]
    public void A_link_local_address_is_made_from_a_MAC(string mac, string expected)
    {
        var address = Ipv6Address.LinkLocal(MacAddress.Parse(mac));
        Assert.Equal(expected, address.ToString());
        Assert.True(address is { IsLinkLocal: true, IsAny: false, IsMulticast: false });
    }

    [Fact]
    public void Kinds_of_ipv6_address_are_told_apart()
    {
        Assert.Equal(("ff02::1", "ff02::2", "::"), (Ipv6Address.AllNodes.ToString(), Ipv6Address.AllRouters.ToString(), default(Ipv6Address).ToString()));
        Assert.True(Ipv6Address.AllNodes is { IsMulticast: true, IsLinkLocal: false, IsAny: false });
        Assert.True(default(Ipv6Address) is { IsAny: true, IsLinkLocal: false, IsMulticast: false });
        Assert.True(new Ipv6Address((UInt128)0xFEBF << 112).IsLinkLocal);
        Assert.False(new Ipv6Address((UInt128)0xFEC0 << 112).IsLinkLocal);
    }
}
