using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Wire.Tests.Dhcp;

public sealed class OptionValueTests
{
    [Theory]
    [InlineData(new byte[] { 0x69, 0x50, 0x58, 0x45 }, true, new[] { "iPXE" })]
    [InlineData(new byte[] { 4, 0x69, 0x50, 0x58, 0x45 }, false, new[] { "iPXE" })]
    [InlineData(new byte[] { 1, 0x61, 4, 0x69, 0x50, 0x58, 0x45 }, false, new[] { "a", "iPXE" })]
    [InlineData(new byte[] { 1, 0x61, 2, 0x62, 0x63 }, false, new[] { "a", "bc" })]
    [InlineData(new byte[] { 0x61 }, true, new[] { "a" })]
    [InlineData(new byte[] { 1, 0x61, 0 }, true, new[] { "\u0001a\0" })]
    public void User_classes_are_read_with_and_without_length_octets(byte[] octets, bool bare, string[] names)
    {
        Assert.True(DhcpOptions.UserClass.TryRead(octets, out var classes));
        var read = new List<string>();
        foreach (var name in classes) read.Add(System.Text.Encoding.Latin1.GetString(name));
        Assert.Equal(names, read);
        Assert.Equal(bare, classes.IsBare);
        Assert.Equal(names.Contains("iPXE"), classes.IsIpxe);
    }

    [Fact]
    public void A_machine_identifier_prints_as_the_firmware_prints_it()
    {
        // The first three fields stand in little-endian order (SMBIOS 2.6 §7.2.1).
        byte[] octets = [0, 0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF];
        Assert.True(DhcpOptions.MachineIdentifier.TryRead(octets, out var uuid));
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", uuid.ToString());
    }

    [Fact]
    public void Text_loses_the_nuls_at_its_end()
    {
        Assert.True(DhcpOptions.HostName.TryRead("n001\0\0"u8, out var name));
        Assert.Equal("n001"u8, name);
    }

    [Fact]
    public void The_first_architecture_is_the_one_that_the_client_prefers()
    {
        Assert.True(DhcpOptions.ClientArchitecture.TryRead([0, 16, 0, 7], out var architectures));
        Assert.Equal(ClientArchitecture.HttpX64, architectures.First);
        Assert.True(architectures.Contains(ClientArchitecture.EfiX64));
        Assert.False(architectures.Contains(ClientArchitecture.EfiArm64));
        Assert.Equal(ClientArchitecture.Unknown, default(ClientArchitectureList).First);
    }

    [Fact]
    public void Sub_options_0_and_255_of_the_relay_agent_are_options()
    {
        Assert.True(DhcpOptions.RelayAgentInformation.TryRead([0, 1, 7, 255, 0, 5, 4, 10, 78, 0, 0], out var relay));
        var codes = new List<byte>();
        foreach (var entry in relay) codes.Add(entry.Code);
        Assert.Equal([0, 255, 5], codes);
        Assert.True(relay.TryGet(RelayAgentOptions.LinkSelection, out var link));
        Assert.Equal(Ipv4Address.Parse("10.78.0.0"), link);
    }

    [Fact]
    public void Sub_options_of_pxe_are_padded_and_ended()
    {
        Assert.True(DhcpOptions.VendorSpecific.TryRead([0, 0, 6, 1, 8, 0, 255, 9, 200], out var pxe));
        Assert.True(pxe.TryGet(PxeOptions.DiscoveryControl, out var control));
        Assert.Equal(8, control);
        Assert.False(pxe.TryGet(PxeOptions.BootMenu, out _));
    }

    [Fact]
    public void A_client_fqdn_shows_its_flags_and_name()
    {
        Assert.True(DhcpOptions.ClientFqdn.TryRead([5, 255, 255, 4, (byte)'n', (byte)'0', (byte)'0', (byte)'1'], out var fqdn));
        Assert.Equal(ClientFqdn.ServerUpdates | ClientFqdn.WireEncoding, fqdn.Flags);
        Assert.True(fqdn.IsWireEncoded);
        Assert.Equal([4, (byte)'n', (byte)'0', (byte)'0', (byte)'1'], fqdn.Name.ToArray());
    }

    [Fact]
    public void Sub_options_that_do_not_fit_make_no_value()
    {
        var writer = new EncapsulatedWriter(stackalloc byte[5]);
        writer.Add(IpxeOptions.NoPxeDhcp, (byte)1);
        Assert.True(writer.TryFinish(out var one));
        Assert.Equal(new byte[] { 176, 1, 1 }, one.Octets.ToArray());
        writer.Add(IpxeOptions.Scriptlet, "x"u8);
        Assert.False(writer.TryFinish(out _));
    }
}
