using System.Runtime.InteropServices;
using System.Text;

namespace NetBootFabric.Sockets;

/// <summary>What the driver of an interface says of its link (ethtool(8)).</summary>
/// <param name="Megabits">A second, each way.</param>
public readonly record struct LinkSpeed(int Megabits, bool IsFullDuplex)
{
    private const nuint SiocEthtool = 0x8946;
    private const uint GetSettings = 1;    // ETHTOOL_GSET
    private const uint Unknown = 0xFFFF_FFFF; // SPEED_UNKNOWN
    private const byte FullDuplex = 1;
    private const int LongestName = 15;    // 15 = IFNAMSIZ - 1 NUL

    /// <summary>Null: there is no link, no such interface, or the driver does not say. Of the network namespace that the calling thread is in.</summary>
    public static unsafe LinkSpeed? Of(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > LongestName) return null;
        var socket = Libc.Socket(Libc.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0) return null;
        var settings = new Settings { Command = GetSettings };
        var request = new Request { Settings = &settings };
        Encoding.UTF8.GetBytes(name, new Span<byte>(request.Name, LongestName));
        var error = Libc.IoCtl(socket, SiocEthtool, &request);
        _ = Libc.Close(socket);
        var speed = ((uint)settings.SpeedHigh << 16) | settings.Speed;
        return error < 0 || speed is 0 or Unknown or ushort.MaxValue ? null : new LinkSpeed((int)speed, settings.Duplex == FullDuplex);
    }

    /// <summary>struct ethtool_cmd: 44 octets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Settings
    {
        public uint Command, Supported, Advertised;
        public ushort Speed;
        public byte Duplex, Port, Phy, Transceiver, Autonegotiation, MdioSupport;
        public uint MostSent, MostReceived;
        public ushort SpeedHigh;
        public byte Mdix, MdixControl;
        public uint PartnerAdvertised;
        public fixed uint Reserved[2];
    }

    /// <summary>struct ifreq: 40 octets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Request
    {
        public fixed byte Name[16];
        public Settings* Settings;
        public fixed byte Rest[16];
    }
}
