using System.Collections.Frozen;
using System.Text;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Dhcp.Tests.Codec;
using NetBootFabric.Dhcp.Tests.Server;
using NetBootFabric.Wire;
using static NetBootFabric.Dhcp.Tests.Field.FieldPackets;

namespace NetBootFabric.Dhcp.Tests.Field;

/// <summary>Nobody is refused an address because there is no loader for him; what else he needs the operator may give by hand.</summary>
public sealed class EveryFirmwareTests
{
    private const byte Offer = 2, Ack = 5;
    private static readonly Ipv4Address Head = Ipv4Address.Parse("10.77.0.1"), Other = Ipv4Address.Parse("10.77.0.9");

    private static FieldPackets Given(DhcpSettings settings, string kernel = "vmlinuz") => new(RoomDirectory.Room with
    {
        Profiles = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("default", new Profile { Name = "default", Kernel = kernel, Dhcp = settings })]),
    });

    [Theory] // F04
    [InlineData(22)]
    [InlineData(21)]
    [InlineData(14)]
    [InlineData(6)]
    [InlineData(27)]
    [InlineData(999)]
    public void Firmware_that_no_loader_is_made_for_gets_its_lease_without_a_boot_file(int architecture)
    {
        var wire = new FieldPackets();
        var offer = wire.Send(Packet($"350101 {Pxe(architecture)} 3704 01 03 d1 d2"))!;
        var ack = wire.Send(Packet($"350103 {Pxe(architecture)} {Taking(offer)} 3704 01 03 d1 d2"))!;
        Assert.Equal((Offer, Ack, "", Head, Offered(offer)), (Type(offer), Type(ack), BootFile(ack), NextServer(ack), Offered(ack)));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(14)]
    [InlineData(6)]
    [InlineData(0)]
    [InlineData(7)]
    public void A_boot_file_by_hand_is_named_to_every_firmware(int architecture)
    {
        var wire = Given(new DhcpSettings { BootFile = "u-boot.scr", NextServer = Other });
        var offer = wire.Send(Packet($"350101 {Pxe(architecture)}"))!;
        Assert.Equal(("u-boot.scr", Other), (BootFile(offer), NextServer(offer)));
        Assert.Equal(BootFields(offer), BootFields(wire.Send(Packet($"350103 {Taking(offer)}"))!));
    }

    [Fact]
    public void An_iPXE_runs_the_profiles_script_rather_than_loading_the_boot_file_again_unless_there_is_no_kernel()
    {
        var ipxe = $"350101 {Pxe(0)} 4d0469505845";
        Assert.EndsWith("/boot.ipxe", BootFile(Given(new DhcpSettings { BootFile = "undionly.kpxe" }).Send(Packet(ipxe))!), StringComparison.Ordinal);
        Assert.Equal("menu.ipxe", BootFile(Given(new DhcpSettings { BootFile = "menu.ipxe" }, kernel: "").Send(Packet(ipxe))!));
    }

    [Fact] // F05
    public void Every_client_of_a_room_that_boots_is_told_the_next_server()
    {
        var offer = new FieldPackets().Send(Packet("350101 3c0c552d426f6f742e61726d7638 3708 01 03 06 0c 0f 42 43 96"))!;
        Assert.Equal((Head, ""), (NextServer(offer), BootFile(offer)));
        foreach (byte code in new byte[] { 66, 67, 150 }) Assert.Null(Option(offer, code));

        var nothing = new FieldPackets(RoomDirectory.Room with { Profiles = FrozenDictionary<string, Profile>.Empty });
        Assert.Equal(Ipv4Address.Any, NextServer(nothing.Send(Packet("350101"))!));
    }

    [Fact]
    public void Options_66_67_and_150_say_the_same_as_the_fields_to_those_that_ask()
    {
        var wire = Given(new DhcpSettings { BootFile = "network-confg", NextServer = Other });
        var asks = wire.Send(Packet("350101 3c08636973636f706e70 3704 2b 42 43 96"))!;
        Assert.Equal(("10.77.0.9", "network-confg", "0A4D0009"), (Encoding.ASCII.GetString(Option(asks, 66)!), Encoding.ASCII.GetString(Option(asks, 67)!), Convert.ToHexString(Option(asks, 150)!)));
        var silent = wire.Send(Packet("350101 3702 01 03"))!;
        foreach (byte code in new byte[] { 66, 67, 150 }) Assert.Null(Option(silent, code));
        Assert.Equal(("network-confg", Other), (BootFile(silent), NextServer(silent)));
    }

    [Fact]
    public void Options_by_hand_are_given_when_asked_for_or_always_and_outweigh_our_own()
    {
        var wire = Given(new DhcpSettings
        {
            Options = [new GivenOption(42, Hex("0a4d0007"), Always: false), new GivenOption(43, Hex("0104deadbeef"), Always: true), new GivenOption(6, Hex("0a4d0008"), Always: false), new GivenOption(209, Hex("612e636667"), Always: false)],
        });
        var offer = wire.Send(Packet("350101 3704 01 06 2a d1"))!;
        Assert.Equal(("0A4D0007", "0104DEADBEEF", "0A4D0008", "a.cfg"),
            (Convert.ToHexString(Option(offer, 42)!), Convert.ToHexString(Option(offer, 43)!), Convert.ToHexString(Option(offer, 6)!), Encoding.ASCII.GetString(Option(offer, 209)!)));
        var ack = wire.Send(Packet($"350103 {Taking(offer)} 3701 01"))!;
        foreach (byte code in new byte[] { 42, 43, 6, 209 }) Assert.Equal(Option(offer, code), Option(ack, code));
        var other = wire.Send(Packet("350101 3701 01", mac: "525400aa0102"))!;
        Assert.Equal((null, null), (Option(other, 42), Option(other, 209)));
        Assert.NotNull(Option(other, 43));
    }

    [Fact]
    public void A_profile_of_options_alone_lends_an_address_to_whoever_asks()
    {
        var wire = Given(new DhcpSettings { Options = [new GivenOption(209, Hex("612e636667"), Always: true)] }, kernel: "");
        foreach (var options in new[] { "350101", $"350101 {Pxe(7)}", $"350101 {Pxe(14)}" })
        {
            var offer = wire.Send(Packet(options))!;
            Assert.Equal((Offer, "", Head, "a.cfg"), (Type(offer), BootFile(offer), NextServer(offer), Encoding.ASCII.GetString(Option(offer, 209)!)));
        }
    }

    [Fact]
    public void The_profile_outweighs_the_group_and_the_group_the_subnet()
    {
        var mac = MacAddress.Parse("52:54:00:aa:01:01");
        var room = RoomDirectory.Room with
        {
            Profiles = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("default", new Profile { Name = "default", Kernel = "vmlinuz", Dhcp = new DhcpSettings { BootFile = "profile" } })]),
            Nodes = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(mac, new NodeEntry { Mac = mac, Dhcp = new DhcpSettings { BootFile = "group", NextServer = Other } })]),
            Subnets = [.. RoomDirectory.Room.Subnets.Select(subnet => subnet with { Dhcp = new DhcpSettings { NextServer = Head, Options = [new GivenOption(42, Hex("0a4d0007"), Always: true)] } })],
        };
        var offer = new FieldPackets(room).Send(Packet("350101"))!;
        Assert.Equal(("profile", Other, "0A4D0007"), (BootFile(offer), NextServer(offer), Convert.ToHexString(Option(offer, 42)!)));
    }

    [Theory] // F10
    [InlineData("dca632000001", "")]
    [InlineData("525400aa0101", "6111 00 1a2b3c4d 1a2b3c4d 1a2b3c4d 1a2b3c4d")]
    [InlineData("525400aa0101", "6111 00 52506934 1131c000 01020304 05060708")]
    public void A_Raspberry_Pi_is_offered_its_menu_and_no_x86_loader(string mac, string identifier)
    {
        var discover = $"350101 3c20{Convert.ToHexString("PXEClient:Arch:00000:UNDI:002001"u8)} 5d020000 5e03010201 {identifier}";
        var offer = new FieldPackets().Send(Packet(discover, mac: mac))!;
        Assert.Equal(("", Head, "PXEClient"), (BootFile(offer), NextServer(offer), Encoding.ASCII.GetString(Option(offer, 60)!)));
        Assert.Contains("Raspberry Pi Boot", Encoding.ASCII.GetString(Option(offer, 43)!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_on_a_Pi_and_says_what_it_is_is_no_Pi_any_more()
    {
        var wire = new FieldPackets();
        Assert.Equal("shimaa64.efi.signed", BootFile(wire.Send(Packet($"350101 {Pxe(11)}", mac: "dca632000001"))!));
        Assert.EndsWith("/boot.ipxe", BootFile(wire.Send(Packet($"350101 {Pxe(0)} 4d0469505845", mac: "dca632000001"))!), StringComparison.Ordinal);
        Assert.Equal("undionly.kpxe", BootFile(wire.Send(Packet($"350101 {Pxe(0)}"))!));
    }

    [Theory] // F09
    [InlineData("5206 1300 0102 6131", 30_067)]
    [InlineData("5204 0102 6131", 67)]
    public void A_relay_agent_that_says_so_gets_its_answer_at_the_port_that_it_sent_from(string relay, int port)
    {
        var ingress = Packets.Here with { Source = Ipv4Address.Parse("10.77.0.254"), SourcePort = 30_067, IsUnicast = true };
        var answer = new FieldPackets().Answer(Packet($"350101 {relay}", relay: "10.77.0.254"), ingress)!;
        Assert.Equal(port, answer.Inquiry.RelayPort);
        Assert.Equal(Hex(relay)[2..], Option(Packets.Write(answer), 82));
    }

    [Fact]
    public void A_relay_agent_may_select_the_subnet_by_option_118_which_is_echoed_and_82_5_outweighs_it()
    {
        var wire = new FieldPackets();
        var offer = wire.Send(Packet("350101 7604 0a4e0000", relay: "10.77.0.254"))!;
        Assert.StartsWith("10.78.0.", Offered(offer).ToString(), StringComparison.Ordinal);
        Assert.Equal(Hex("0a4e0000"), Option(offer, 118));
        Assert.StartsWith("10.77.", Offered(wire.Send(Packet("350101 7604 0a4e0000 5206 0504 0a4d0000", relay: "10.78.0.1", mac: "525400aa0103"))!).ToString(), StringComparison.Ordinal);
        var direct = wire.Send(Packet("350101 7604 0a4e0000", mac: "525400aa0102"))!;
        Assert.StartsWith("10.77.", Offered(direct).ToString(), StringComparison.Ordinal);
        Assert.Null(Option(direct, 118));
    }
}
