namespace NetBootFabric.Wire.Ndp;

/// <summary>The options behind a neighbour discovery message (RFC 4861 §4.6). Of all kinds only the source link-layer address is read.</summary>
internal static class NdpOptions
{
    /// <summary>8 = 1 type + 1 length + 6 address.</summary>
    public const int LinkLayerAddressSize = 8;

    private const byte SourceLinkLayerAddress = 1;
    private const int Unit = 8; // lengths count groups of eight octets

    /// <summary>False when an option is empty or overruns.</summary>
    /// <param name="source">The first source link-layer address that is an Ethernet address.</param>
    public static bool TryRead(ReadOnlySpan<byte> options, out MacAddress? source)
    {
        source = null;
        while (!options.IsEmpty)
        {
            if (options.Length < Unit || options[1] == 0 || options[1] * Unit > options.Length) return false;
            if (options[0] == SourceLinkLayerAddress && options[1] == 1) source ??= MacAddress.Read(options[2..]);
            options = options[(options[1] * Unit)..];
        }
        return true;
    }

    /// <summary>Writes a source link-layer address of 8 octets; the buffer must hold them.</summary>
    public static void WriteSource(Span<byte> buffer, MacAddress source)
    {
        buffer[0] = SourceLinkLayerAddress;
        buffer[1] = LinkLayerAddressSize / Unit;
        source.Write(buffer[2..]);
    }
}
