using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Wire.Tests.Dhcp;

/// <summary>Every option kind against no octets, one too few, exactly right, and twice as many.</summary>
public sealed class OptionBoundaryTests
{
    private static readonly Dictionary<string, Kind> Kinds = new Kind[]
    {
        Of("SubnetMask", DhcpOptions.SubnetMask, [255, 255, 0, 0]),
        Of("Routers", DhcpOptions.Routers, [10, 77, 0, 1]),
        Of("DnsServers", DhcpOptions.DnsServers, [10, 77, 0, 1]),
        Of("HostName", DhcpOptions.HostName, [(byte)'n']),
        Of("DomainName", DhcpOptions.DomainName, [(byte)'d']),
        Of("RootPath", DhcpOptions.RootPath, [(byte)'/']),
        Of("InterfaceMtu", DhcpOptions.InterfaceMtu, [5, 220]),
        Of("BroadcastAddress", DhcpOptions.BroadcastAddress, [10, 77, 255, 255]),
        Of("NtpServers", DhcpOptions.NtpServers, [10, 77, 0, 1]),
        Of("RequestedAddress", DhcpOptions.RequestedAddress, [10, 77, 0, 9]),
        Of("LeaseTime", DhcpOptions.LeaseTime, [0, 0, 14, 16]),
        Of("MessageType", DhcpOptions.MessageType, [1]),
        Of("ServerIdentifier", DhcpOptions.ServerIdentifier, [10, 77, 0, 1]),
        Of("ParameterRequestList", DhcpOptions.ParameterRequestList, [1]),
        Of("Message", DhcpOptions.Message, [(byte)'m']),
        Of("MaximumMessageSize", DhcpOptions.MaximumMessageSize, [2, 64]),
        Of("RenewalTime", DhcpOptions.RenewalTime, [0, 0, 7, 8]),
        Of("RebindingTime", DhcpOptions.RebindingTime, [0, 0, 12, 78]),
        Of("ClientIdentifier", DhcpOptions.ClientIdentifier, [1, 2]),
        Of("RapidCommit", DhcpOptions.RapidCommit, []),
        Of("ClientFqdn", DhcpOptions.ClientFqdn, [1, 0, 0]),
        Of("RelayAgentInformation", DhcpOptions.RelayAgentInformation, [1, 0]),
        Of("BootFileSize", DhcpOptions.BootFileSize, [1, 0]),
        Of("VendorSpecific", DhcpOptions.VendorSpecific, [6, 1, 8]),
        Of("VendorClass", DhcpOptions.VendorClass, [(byte)'P']),
        Of("TftpServerName", DhcpOptions.TftpServerName, [(byte)'t']),
        Of("BootFileName", DhcpOptions.BootFileName, [(byte)'b']),
        Of("UserClass", DhcpOptions.UserClass, [1]),
        Of("ClientArchitecture", DhcpOptions.ClientArchitecture, [0, 7]),
        Of("NetworkInterface", DhcpOptions.NetworkInterface, [1, 3, 0]),
        Of("MachineIdentifier", DhcpOptions.MachineIdentifier, [0, .. Enumerable.Range(1, 16).Select(n => (byte)n)]),
        Of("TftpServers", DhcpOptions.TftpServers, [10, 77, 0, 1]),
        Of("Ipxe", DhcpOptions.Ipxe, [176, 1, 1]),
        Of("PxelinuxConfigFile", DhcpOptions.PxelinuxConfigFile, [(byte)'c']),
        Of("PxelinuxPathPrefix", DhcpOptions.PxelinuxPathPrefix, [(byte)'p']),
        Of("PxelinuxRebootTime", DhcpOptions.PxelinuxRebootTime, [0, 0, 0, 60]),
        Of("SubnetSelection", DhcpOptions.SubnetSelection, [10, 77, 0, 0]),
        Of("CircuitId", RelayAgentOptions.CircuitId, [1]),
        Of("RemoteId", RelayAgentOptions.RemoteId, [1]),
        Of("LinkSelection", RelayAgentOptions.LinkSelection, [10, 77, 0, 0]),
        Of("SubscriberId", RelayAgentOptions.SubscriberId, [1]),
        Of("Flags", RelayAgentOptions.Flags, [128]),
        Of("SourcePort", RelayAgentOptions.SourcePort, []),
        Of("ServerIdentifierOverride", RelayAgentOptions.ServerIdentifierOverride, [10, 77, 0, 2]),
        Of("DiscoveryControl", PxeOptions.DiscoveryControl, [8]),
        Of("DiscoveryMulticastAddress", PxeOptions.DiscoveryMulticastAddress, [224, 0, 1, 2]),
        Of("BootServers", PxeOptions.BootServers, [1]),
        Of("BootMenu", PxeOptions.BootMenu, [1]),
        Of("MenuPrompt", PxeOptions.MenuPrompt, [1]),
        Of("BootItem", PxeOptions.BootItem, [0, 0, 0, 0]),
        Of("Http", IpxeOptions.Http, [1]),
        Of("Https", IpxeOptions.Https, [1]),
        Of("Scriptlet", IpxeOptions.Scriptlet, [(byte)'s']),
        Of("NoPxeDhcp", IpxeOptions.NoPxeDhcp, [1]),
    }.ToDictionary(kind => kind.Name);

    [Theory]
    [InlineData("SubnetMask", 1, false)]
    [InlineData("Routers", 3, true)]
    [InlineData("DnsServers", 6, true)]
    [InlineData("HostName", 12, true)]
    [InlineData("BootFileSize", 13, false)]
    [InlineData("DomainName", 15, true)]
    [InlineData("RootPath", 17, true)]
    [InlineData("InterfaceMtu", 26, false)]
    [InlineData("BroadcastAddress", 28, false)]
    [InlineData("NtpServers", 42, true)]
    [InlineData("VendorSpecific", 43, true)]
    [InlineData("RequestedAddress", 50, false)]
    [InlineData("LeaseTime", 51, false)]
    [InlineData("MessageType", 53, false)]
    [InlineData("ServerIdentifier", 54, false)]
    [InlineData("ParameterRequestList", 55, true)]
    [InlineData("Message", 56, true)]
    [InlineData("MaximumMessageSize", 57, false)]
    [InlineData("RenewalTime", 58, false)]
    [InlineData("RebindingTime", 59, false)]
    [InlineData("VendorClass", 60, true)]
    [InlineData("ClientIdentifier", 61, true)]
    [InlineData("TftpServerName", 66, true)]
    [InlineData("BootFileName", 67, true)]
    [InlineData("UserClass", 77, true)]
    [InlineData("ClientFqdn", 81, true)]
    [InlineData("RelayAgentInformation", 82, true)]
    [InlineData("ClientArchitecture", 93, true)]
    [InlineData("NetworkInterface", 94, false)]
    [InlineData("MachineIdentifier", 97, false)]
    [InlineData("SubnetSelection", 118, false)]
    [InlineData("TftpServers", 150, true)]
    [InlineData("Ipxe", 175, true)]
    [InlineData("PxelinuxConfigFile", 209, true)]
    [InlineData("PxelinuxPathPrefix", 210, true)]
    [InlineData("PxelinuxRebootTime", 211, false)]
    [InlineData("CircuitId", 1, true)]
    [InlineData("RemoteId", 2, true)]
    [InlineData("LinkSelection", 5, false)]
    [InlineData("SubscriberId", 6, true)]
    [InlineData("Flags", 10, false)]
    [InlineData("ServerIdentifierOverride", 11, false)]
    [InlineData("DiscoveryControl", 6, false)]
    [InlineData("DiscoveryMulticastAddress", 7, false)]
    [InlineData("BootServers", 8, true)]
    [InlineData("BootMenu", 9, true)]
    [InlineData("MenuPrompt", 10, true)]
    [InlineData("BootItem", 71, false)]
    [InlineData("Http", 19, false)]
    [InlineData("Https", 20, false)]
    [InlineData("Scriptlet", 81, true)]
    [InlineData("NoPxeDhcp", 176, false)]
    public void An_option_takes_only_the_octets_that_make_its_value(string name, byte code, bool takesTwice)
    {
        var kind = Kinds[name];
        Assert.Equal(code, kind.Code);
        Assert.False(kind.Reads([]), "empty");
        Assert.False(kind.Reads(kind.Exact[..^1]), "short");
        Assert.True(kind.Reads(kind.Exact), "exact");
        Assert.Equal(takesTwice, kind.Reads([.. kind.Exact, .. kind.Exact]));
    }

    [Theory]
    [InlineData("RapidCommit", 80)]
    [InlineData("SourcePort", 19)]
    public void A_flag_takes_no_octets(string name, byte code)
    {
        Assert.Equal(code, Kinds[name].Code);
        Assert.True(Kinds[name].Reads([]));
        Assert.False(Kinds[name].Reads([0]));
    }

    [Theory]
    [InlineData("MessageType", new byte[] { 0 })]
    [InlineData("HostName", new byte[] { 0, 0 })]
    [InlineData("MachineIdentifier", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 })]
    [InlineData("RelayAgentInformation", new byte[] { 1, 2, 0 })]
    [InlineData("RelayAgentInformation", new byte[] { 0 })]
    [InlineData("VendorSpecific", new byte[] { 6, 1, 8, 9, 4, 0 })]
    [InlineData("Ipxe", new byte[] { 176, 2, 1 })]
    [InlineData("Routers", new byte[] { 10, 77, 0, 1, 10, 77 })]
    [InlineData("ClientArchitecture", new byte[] { 0, 7, 0 })]
    public void Octets_that_make_no_value_are_refused(string name, byte[] octets) => Assert.False(Kinds[name].Reads(octets));

    [Fact]
    public void Every_kind_is_in_the_table()
    {
        Type[] catalogues = [typeof(DhcpOptions), typeof(RelayAgentOptions), typeof(PxeOptions), typeof(IpxeOptions)];
        Assert.Equal(catalogues.SelectMany(catalogue => catalogue.GetFields()).Select(field => field.Name).Order(), Kinds.Keys.Order());
    }

    private sealed record Kind(string Name, byte Code, byte[] Exact, Func<byte[], bool> Reads);

    private static Kind Of<T>(string name, DhcpOption<T> kind, byte[] exact) where T : allows ref struct =>
        new(name, kind.Code, exact, octets => kind.TryRead(octets, out _));
}
