namespace NetBootFabric.Sockets;

/// <summary>Adds and removes IPv4 addresses of interfaces over rtnetlink, in the network namespace that the opening thread is in. Takes CAP_NET_ADMIN.</summary>
public sealed class InterfaceAddresses : IDisposable
{
    private const ushort Address = 1, Local = 2, Lifetimes = 6, Flags = 8; // IFA_ADDRESS, IFA_LOCAL, IFA_CACHEINFO, IFA_FLAGS
    private const uint NoPrefixRoute = 0x200;                              // IFA_F_NOPREFIXROUTE

    private readonly NetlinkSocket _netlink = new();

    /// <summary>EEXIST when the interface has it already.</summary>
    public Errno Add(int interfaceIndex, InterfaceAddress address) =>
        Change(NetlinkType.NewAddress, NetlinkFlag.Create | NetlinkFlag.Exclusive, interfaceIndex, address);

    /// <summary>
    /// Adds it for so many seconds, or makes so many seconds of what is left of it: an address that goes with the process that keeps renewing it. The kernel takes it
    /// away within a quarter of a second after they ran out. Only the route to the address itself comes and goes with it, none to its prefix.
    /// </summary>
    public Errno Renew(int interfaceIndex, InterfaceAddress address, int seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        lock (_netlink.Turn)
        {
            var message = Begin(NetlinkType.NewAddress, NetlinkFlag.Create | NetlinkFlag.Replace, interfaceIndex, address);
            message.Part(Lifetimes, new AddressLifetimes { Preferred = (uint)seconds, Valid = (uint)seconds });
            message.Part(Flags, NoPrefixRoute);
            return _netlink.Request(message.Finish());
        }
    }

    /// <summary>EADDRNOTAVAIL when the interface does not have it.</summary>
    public Errno Remove(int interfaceIndex, InterfaceAddress address) => Change(NetlinkType.DeleteAddress, 0, interfaceIndex, address);

    public void Dispose() => _netlink.Dispose();

    private Errno Change(ushort type, int flags, int interfaceIndex, InterfaceAddress address)
    {
        lock (_netlink.Turn) return _netlink.Request(Begin(type, flags, interfaceIndex, address).Finish());
    }

    private NetlinkMessage Begin(ushort type, int flags, int interfaceIndex, InterfaceAddress address)
    {
        var message = _netlink.Begin(type, (ushort)(flags | NetlinkFlag.Acknowledge));
        message.Fixed(new AddressPart { Family = Libc.AF_INET, PrefixLength = (byte)address.PrefixLength, InterfaceIndex = interfaceIndex });
        message.Address(Local, address.Address);
        message.Address(Address, address.Address);
        return message;
    }
}
