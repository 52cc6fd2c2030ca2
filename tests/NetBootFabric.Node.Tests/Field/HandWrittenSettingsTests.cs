using System.Text;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Field;

/// <summary>Boot file, next server and options by hand (F04, F05): from the lines of a configuration to what DHCP gives.</summary>
public sealed class HandWrittenSettingsTests
{
    private const string Head = "interfaces: eth1\nsubnets: [{ network: 10.77.0.0/16, next_server: 10.77.0.3, options: { ntp-servers: 10.77.0.7 } }]\n";

    private static Room Read(string text)
    {
        var result = ConfigurationReader.Read(Head + text, "f");
        Assert.Empty(result.Mistakes);
        return result.Options!.Room;
    }

    [Theory]
    [InlineData("ntp-servers", "10.77.0.1, 10.77.0.2", 42, "0A4D00010A4D0002", false)]
    [InlineData("150!", "10.77.0.9", 150, "0A4D0009", true)]
    [InlineData("configuration-file", "pl.cfg", 209, "706C2E636667", false)]
    [InlineData("vendor-specific", "06:01:03", 43, "060103", false)]
    [InlineData("43!", "text:Raspberry", 43, "526173706265727279", true)]
    [InlineData("mtu-interface", "9000", 26, "2328", false)]
    [InlineData("reboot-time", "60", 211, "0000003C", false)]
    [InlineData("forward-on-off", "true", 19, "01", false)]
    [InlineData("224", "u16:258", 224, "0102", false)]
    [InlineData("Path-Prefix", "http://10.77.0.1/pl/", 210, "687474703A2F2F31302E37372E302E312F706C2F", false)]
    public void An_option_is_written_by_name_or_number_and_typed(string key, string value, int code, string octets, bool always)
    {
        Assert.True(OptionWords.TryRead(key, value, out var option, out var problem, out _), problem);
        Assert.Equal(((byte)code, octets, always), (option.Code, Convert.ToHexString(option.Value.Span), option.Always));
    }

    [Theory]
    [InlineData("ntp-server", "10.77.0.1", "'ntp-server' is no DHCP option", "write ntp-servers, or its number")]
    [InlineData("0", "text:x", "'0' is no DHCP option", "write IANA's name or the number, 1 to 254")]
    [InlineData("54", "10.77.0.1", "option 54 is the server's own", "leave it out")]
    [InlineData("224", "abc", "'abc' is no value of option 224", "write its type before it: text:, hex:, ip:, u8:, u16:, u32: or flag:")]
    [InlineData("ntp-servers", "pool.example", "'pool.example' is no value of option ntp-servers", "write addresses, like 10.77.0.1 or \"10.77.0.1, 10.77.0.2\"")]
    [InlineData("mtu-interface", "70000", "'70000' is no value of option mtu-interface", "write a number that fits")]
    [InlineData("vendor-specific", "06010", "'06010' is no value of option vendor-specific", "write octets in hexadecimal, like 0104deadbeef")]
    public void A_wrong_one_is_told_with_what_to_write(string key, string value, string problem, string remedy)
    {
        Assert.False(OptionWords.TryRead(key, value, out _, out var told, out var advice));
        Assert.Equal((problem, remedy), (told, advice));
    }

    [Fact]
    public void A_profile_needs_no_kernel_where_it_names_a_boot_file()
    {
        var profile = Read("profiles: { default: { boot_file: u-boot.scr, next_server: 10.77.0.9, options: { 209: pl.cfg, 150!: 10.77.0.9 } } }").DefaultProfile!;
        Assert.Equal(("", "u-boot.scr", Ipv4Address.Parse("10.77.0.9")), (profile.Kernel, profile.Dhcp.BootFile, profile.Dhcp.NextServer));
        Assert.Equal([(209, false), (150, true)], profile.Dhcp.Options.Select(option => ((int)option.Code, option.Always)));
    }

    [Fact]
    public void Groups_and_subnets_give_them_too_the_nearer_group_first()
    {
        var room = Read("""
            profiles: { default: { kernel: vmlinuz } }
            groups: { room: { boot_file: far, next_server: 10.77.0.4 }, rack: { parent: room, boot_file: near } }
            nodes: [{ mac: "52:54:00:77:00:01", group: rack }]
            """);
        var node = Assert.Single(room.Nodes.Values);
        Assert.Equal(("near", Ipv4Address.Parse("10.77.0.4")), (node.Dhcp.BootFile, node.Dhcp.NextServer));
        Assert.Equal((Ipv4Address.Parse("10.77.0.3"), (byte)42), (room.Subnets[0].Dhcp.NextServer, Assert.Single(room.Subnets[0].Dhcp.Options).Code));
    }

    [Fact]
    public void They_are_written_out_as_they_are_read()
    {
        const string Text = "profiles:\n  sbc:\n    boot_file: u-boot.scr\n    next_server: \"10.77.0.9\"\n    options: { \"150!\": \"10.77.0.9\", ntp-servers: \"10.77.0.7\" }\ngroups:\n  rack:\n    boot_file: near\n";
        var document = CatalogText.Document(Encoding.UTF8.GetBytes(Text), out var mistakes);
        Assert.Empty(mistakes);
        Assert.Equal(Text, CatalogYaml.Write(document!));
    }
}
