namespace NetBootFabric.Sockets;

/// <summary>Adds and removes IPv4 addresses of interfaces over rtnetlink, in the network namespace that the opening thread is in. Takes CAP_NET_ADMIN.</summary>
public sealed class InterfaceAddresses : IDisposable
{
    private const ushort Address = 1, Local = 2; // IFA_ADDRESS, IFA_LOCAL

    private readonly NetlinkSocket _netlink = new();

    /// <summary>EEXIST when the interface has it already.</summary>
    public Errno Add(int interfaceIndex, InterfaceAddress address) =>
        Change(NetlinkType.NewAddress, NetlinkFlag.Create | NetlinkFlag.Exclusive, interfaceIndex, address);

    /// <summary>EADDRNOTAVAIL when the interface does not have it.</summary>
    public Errno Remove(int interfaceIndex, InterfaceAddress address) => Change(NetlinkType.DeleteAddress, 0, interfaceIndex, address);

    public void Dispose() => _netlink.Dispose();

    private Errno Change(ushort type, int flags, int interfaceIndex, InterfaceAddress address)
    {
        lock (_netlink.Turn)
        {
            var message = _netlink.Begin(type, (ushort)(flags | NetlinkFlag.Acknowledge));
            message.Fixed(new AddressPart { Family = Libc.AF_INET, PrefixLength = (byte)address.PrefixLength, InterfaceIndex = interfaceIndex });
            message.Address(Local, address.Address);
            message.Address(Address, address.Address);
            return _netlink.Request(message.Finish());
        }
    }
}
