namespace NetBootFabric.Sockets;

/// <summary>
/// Asks the kernel what the way to a peer carries in one piece: the least of the outgoing interface's MTU, its route's, and what routers
/// on the way have told.
/// </summary>
public static unsafe class PathMtu
{
    private const ushort AnyPort = 9; // discard: a datagram socket's connect sends nothing

    /// <param name="address">The peer's, in host order.</param>
    /// <param name="interfaceIndex">That datagrams to it leave by (<see cref="LocalAddress"/>); 0 leaves the choice to the routes.</param>
    /// <returns>Octets of an IP packet; null when there is no way to it just now.</returns>
    public static int? To(uint address, int interfaceIndex)
    {
        var socket = Libc.Socket(Libc.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0) return null;
        var mtu = IsOnTheWay(socket, address, interfaceIndex) ? Read(socket) : null;
        _ = Libc.Close(socket);
        return mtu;
    }

    private static bool IsOnTheWay(int socket, uint address, int interfaceIndex)
    {
        if (interfaceIndex > 0
            && Libc.SetSockOpt(socket, Libc.SOL_SOCKET, Libc.SO_BINDTOIFINDEX, &interfaceIndex, sizeof(int)) < 0) return false;
        var name = new InternetName(new UdpEndpoint(address, AnyPort));
        return Libc.Connect(socket, &name, (uint)sizeof(InternetName)) == 0;
    }

    private static int? Read(int socket)
    {
        int mtu;
        var size = (uint)sizeof(int);
        return Libc.GetSockOpt(socket, Libc.SOL_IP, Libc.IP_MTU, &mtu, &size) == 0 ? mtu : null;
    }
}
