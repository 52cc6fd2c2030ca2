using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Wire.Tests.Golden;

/// <summary>Writes what a view shows, option by option, each known kind through its typed value.</summary>
internal static class DhcpRewriter
{
    public static bool TryRewrite(in DhcpPacket packet, Span<byte> buffer, out int length)
    {
        var writer = new DhcpWriter(buffer, packet.Op)
        {
            Hops = packet.Hops,
            Xid = packet.Xid,
            Secs = packet.Secs,
            Flags = packet.Flags,
            Ciaddr = packet.Ciaddr,
            Yiaddr = packet.Yiaddr,
            Siaddr = packet.Siaddr,
            Giaddr = packet.Giaddr,
            Chaddr = packet.Chaddr,
        };
        if (!packet.Sname.IsEmpty) writer.SetSname(packet.Sname);
        if (!packet.File.IsEmpty) writer.SetFile(packet.File);
        foreach (var option in packet.Options)
            if (!TryAddKnown(ref writer, option)) writer.AddOctets(option.Code, option.Value);
        return writer.TryFinish(out length);
    }

    /// <summary>False for codes without a definition.</summary>
    private static bool TryAddKnown(ref DhcpWriter writer, DhcpOptionEntry option) =>
        TryAdd(ref writer, option, DhcpOptions.SubnetMask) || TryAdd(ref writer, option, DhcpOptions.Routers)
        || TryAdd(ref writer, option, DhcpOptions.DnsServers) || TryAdd(ref writer, option, DhcpOptions.HostName)
        || TryAdd(ref writer, option, DhcpOptions.DomainName) || TryAdd(ref writer, option, DhcpOptions.RootPath)
        || TryAdd(ref writer, option, DhcpOptions.InterfaceMtu) || TryAdd(ref writer, option, DhcpOptions.BroadcastAddress)
        || TryAdd(ref writer, option, DhcpOptions.NtpServers) || TryAdd(ref writer, option, DhcpOptions.RequestedAddress)
        || TryAdd(ref writer, option, DhcpOptions.LeaseTime) || TryAdd(ref writer, option, DhcpOptions.MessageType)
        || TryAdd(ref writer, option, DhcpOptions.ServerIdentifier) || TryAdd(ref writer, option, DhcpOptions.ParameterRequestList)
        || TryAdd(ref writer, option, DhcpOptions.Message) || TryAdd(ref writer, option, DhcpOptions.MaximumMessageSize)
        || TryAdd(ref writer, option, DhcpOptions.RenewalTime) || TryAdd(ref writer, option, DhcpOptions.RebindingTime)
        || TryAdd(ref writer, option, DhcpOptions.ClientIdentifier) || TryAdd(ref writer, option, DhcpOptions.RapidCommit)
        || TryAdd(ref writer, option, DhcpOptions.ClientFqdn) || TryAdd(ref writer, option, DhcpOptions.RelayAgentInformation)
        || TryAdd(ref writer, option, DhcpOptions.BootFileSize) || TryAdd(ref writer, option, DhcpOptions.VendorSpecific)
        || TryAdd(ref writer, option, DhcpOptions.VendorClass) || TryAdd(ref writer, option, DhcpOptions.TftpServerName)
        || TryAdd(ref writer, option, DhcpOptions.BootFileName) || TryAdd(ref writer, option, DhcpOptions.UserClass)
        || TryAdd(ref writer, option, DhcpOptions.ClientArchitecture) || TryAdd(ref writer, option, DhcpOptions.NetworkInterface)
        || TryAdd(ref writer, option, DhcpOptions.MachineIdentifier) || TryAdd(ref writer, option, DhcpOptions.TftpServers)
        || TryAdd(ref writer, option, DhcpOptions.Ipxe) || TryAdd(ref writer, option, DhcpOptions.PxelinuxConfigFile)
        || TryAdd(ref writer, option, DhcpOptions.PxelinuxPathPrefix) || TryAdd(ref writer, option, DhcpOptions.PxelinuxRebootTime);

    private static bool TryAdd<T>(ref DhcpWriter writer, DhcpOptionEntry option, DhcpOption<T> kind) where T : allows ref struct
    {
        if (option.Code != kind.Code) return false;
        Assert.True(kind.TryRead(option.Value, out var value), $"option {option.Code} of {option.Value.Length} octets");
        writer.Add(kind, value);
        return true;
    }
}
