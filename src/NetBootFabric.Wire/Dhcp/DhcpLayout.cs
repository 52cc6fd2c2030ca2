namespace NetBootFabric.Wire.Dhcp;

/// <summary>Offsets and sizes of the fixed fields (RFC 2131 figure 1 and table 1), in octets.</summary>
internal static class DhcpLayout
{
    public const int Op = 0;
    public const int Htype = 1;
    public const int Hlen = 2;
    public const int Hops = 3;
    public const int Xid = 4;
    public const int Secs = 8;
    public const int Flags = 10;
    public const int Ciaddr = 12;
    public const int Yiaddr = 16;
    public const int Siaddr = 20;
    public const int Giaddr = 24;
    public const int Chaddr = 28;
    public const int ChaddrSize = 16;
    public const int Sname = 44;
    public const int SnameSize = 64;
    public const int File = 108;
    public const int FileSize = 128;
    public const int Cookie = 236;
    /// <summary>240 = 236 fixed fields + 4 cookie.</summary>
    public const int Options = 240;

    /// <summary>99.130.83.99 (RFC 2131 §3).</summary>
    public const uint MagicCookie = 0x63825363;

    /// <summary>The smallest BOOTP message (RFC 1542 §2.1); shorter ones are dropped by some relay agents and clients.</summary>
    public const int MinimumMessage = 300;

    public const byte HtypeEthernet = 1;

    public const byte Pad = 0;
    public const byte End = 255;
    public const byte OverloadCode = 52;
    public const byte MessageTypeCode = 53;
    public const byte RelayInformationCode = 82;

    /// <summary>Bits of option 52 (RFC 2132 §9.3).</summary>
    public const byte OverloadFile = 1;
    public const byte OverloadSname = 2;
}
