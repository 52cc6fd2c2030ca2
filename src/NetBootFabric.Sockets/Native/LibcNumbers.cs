namespace NetBootFabric.Sockets;

// Numbers of include/uapi/linux and asm-generic; the same on x64 and arm64.
internal static unsafe partial class Libc
{
    public const int AF_INET = 2, AF_INET6 = 10, AF_NETLINK = 16, AF_PACKET = 17;
    public const int SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_RAW = 3, SOCK_NONBLOCK = 0x800, SOCK_CLOEXEC = 0x80000;
    public const int EFD_CLOEXEC = 0x80000, EFD_NONBLOCK = 0x800;
    public const short POLLIN = 1, POLLOUT = 4;
    public const int EPOLL_CLOEXEC = 0x80000, EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL = 2;
    public const uint EPOLLIN = 1, EPOLLOUT = 4, EPOLLERR = 8, EPOLLHUP = 0x10, EPOLLRDHUP = 0x2000, EPOLLEXCLUSIVE = 1u << 28, EPOLLET = 1u << 31;
    public const int MSG_TRUNC = 0x20, MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000, MSG_MORE = 0x8000;
    public const int SHUT_WR = 1;

    public const int SOL_IP = 0, SOL_SOCKET = 1, SOL_TCP = 6, SOL_UDP = 17, SOL_PACKET = 263;
    public const int SO_REUSEADDR = 2, SO_BROADCAST = 6, SO_SNDBUF = 7, SO_RCVBUF = 8, SO_LINGER = 13, SO_BINDTODEVICE = 25, SO_ATTACH_FILTER = 26;
    public const int SO_SNDBUFFORCE = 32, SO_RCVBUFFORCE = 33, SO_TIMESTAMPNS = 35, SO_RXQ_OVFL = 40, SO_MAX_PACING_RATE = 47,
        SO_BINDTOIFINDEX = 62;
    public const int IP_PKTINFO = 8, IP_MTU_DISCOVER = 10, IP_MTU = 14;
    public const int IPPROTO_RAW = 255;
    public const int TCP_NODELAY = 1, TCP_INFO = 11, TCP_NOTSENT_LOWAT = 25;
    public const int UDP_SEGMENT = 103;
    public const int PACKET_ADD_MEMBERSHIP = 1, PACKET_STATISTICS = 6;
    public const ushort PACKET_MR_MULTICAST = 0, PACKET_MR_PROMISC = 1;

    public const int NETLINK_ROUTE = 0;

    public const int O_RDWR = 2, O_CLOEXEC = 0x80000;
    public const int PROT_READ = 1, MAP_PRIVATE = 2;
    public const int AT_FDCWD = -100;
    public const uint STATX_TYPE = 1, STATX_MTIME = 0x40, STATX_SIZE = 0x200;
    public const ushort S_IFMT = 0xF000, S_IFDIR = 0x4000;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const nuint TUNSETIFF = 0x400454CA;
    public const ushort IFF_TUN = 1, IFF_NO_PI = 0x1000;
}
