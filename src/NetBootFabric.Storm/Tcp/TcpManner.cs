namespace NetBootFabric.Storm.Tcp;

/// <summary>How one firmware's TCP behaves, as captured.</summary>
/// <param name="SynWindow">As it stands in the SYN.</param>
/// <param name="ReceiveWindow">How far ahead of the reader the server may send.</param>
/// <param name="Scale">Window scale; null: not offered, and no window over 65535.</param>
/// <param name="Sacks">Tells the server what came ahead of a gap.</param>
/// <param name="Stamps">Time stamps (RFC 7323): without them a server does not learn the round trip of what it sent again, and waits ever longer under loss.</param>
/// <param name="Resets">Ends a connection with RST instead of FIN.</param>
internal sealed record TcpManner(ushort SynWindow, int ReceiveWindow, byte? Scale, bool Sacks, bool Stamps, bool Resets)
{
    public static TcpManner Ipxe { get; } = new(65532, 256 << 10, 9, Sacks: true, Stamps: true, Resets: false);

    public static TcpManner Uefi { get; } = new(65535, 65535, null, Sacks: false, Stamps: false, Resets: true);

    /// <summary>lpxelinux.0, whose stack is lwIP.</summary>
    public static TcpManner Lwip { get; } = new(64000, 64000, null, Sacks: false, Stamps: false, Resets: false);

    public static TcpManner Linux { get; } = new(64240, 64256, 5, Sacks: true, Stamps: true, Resets: false);
}
