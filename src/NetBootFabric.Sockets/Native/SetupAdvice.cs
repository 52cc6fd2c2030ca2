using System.Globalization;

namespace NetBootFabric.Sockets;

/// <summary>What was being done to a socket when the kernel refused.</summary>
internal enum SetupStep
{
    Open,
    OpenDevice,
    Bind,
    BindToDevice,
    Configure,
}

/// <summary>From an error number to a sentence that an operator can act on.</summary>
internal static class SetupAdvice
{
    /// <param name="purpose">What was opened, as a noun: "UDP port 67 on eth1".</param>
    public static SocketSetupException For(Errno error, SetupStep step, string purpose, ushort port = 0) =>
        new($"cannot open {purpose}: {Reason(error, step, port)} ({Name(error)})", error);

    private static string Reason(Errno error, SetupStep step, ushort port) => (error, step) switch
    {
        (Errno.EACCES, SetupStep.Bind) => "ports below 1024 need the capability CAP_NET_BIND_SERVICE; run as root or grant it in the unit (AmbientCapabilities=)",
        (Errno.EACCES, SetupStep.OpenDevice) => "this user may not read and write it; udev lets everybody (mode 0666)",
        (Errno.EPERM, SetupStep.OpenDevice) => "the unit or container may not have it; grant it (DeviceAllow=/dev/net/tun rw)",
        (_, SetupStep.OpenDevice) => "it is not there; 'modprobe tun', and no PrivateDevices= in the unit",
        (Errno.EPERM or Errno.EACCES, _) => "raw and device-bound sockets need the capability CAP_NET_RAW, address and neighbour changes CAP_NET_ADMIN; run as root or grant them in the unit (AmbientCapabilities=)",
        (Errno.EADDRINUSE, _) => InUse(port),
        (Errno.EADDRNOTAVAIL, _) => "this address is on no interface of this machine; see 'ip -4 address'",
        (Errno.ENODEV, _) => "there is no such interface; see 'ip link'",
        (Errno.ENETDOWN, _) => "the interface is down; 'ip link set dev NAME up' first",
        (Errno.EMFILE, _) => "too many open files; raise the limit (LimitNOFILE= in the unit)",
        (Errno.EAFNOSUPPORT, _) => "the kernel does not offer this kind of socket",
        (Errno.ENOMEM or Errno.ENOBUFS, _) => "the kernel has no memory for it",
        _ => "the kernel refused",
    };

    private static string InUse(ushort port)
    {
        var holder = port switch
        {
            67 => "another DHCP server (dnsmasq, kea-dhcp4, dhcpd, systemd-networkd)",
            69 => "another TFTP server (tftpd-hpa, atftpd, dnsmasq)",
            4011 => "another proxyDHCP server (dnsmasq)",
            _ => "another program",
        };
        return string.Create(CultureInfo.InvariantCulture, $"port {port} is taken, probably by {holder}; 'ss -ltunp sport = :{port}' shows which");
    }

    private static string Name(Errno error) => Enum.IsDefined(error) ? error.ToString() : string.Create(CultureInfo.InvariantCulture, $"errno {(int)error}");
}
