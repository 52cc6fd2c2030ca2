namespace NetBootFabric.Wire.Dhcp;

/// <summary>
/// The machine's UUID: 1 octet of type, 0, and 16 octets as they stand in the SMBIOS table, whose first three fields are little-endian:
/// the order of <see cref="Guid"/>, so that it prints as dmidecode does.
/// </summary>
public sealed class MachineIdentifierOption(byte code) : DhcpOption<Guid>(code, 17, 17) // 17 = 1 type + 16 UUID
{
    private const byte UuidType = 0;

    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out Guid value)
    {
        value = new Guid(octets[1..]);
        return octets[0] == UuidType;
    }

    internal override ReadOnlySpan<byte> Encode(Guid value, Span<byte> scratch)
    {
        scratch[0] = UuidType;
        value.TryWriteBytes(scratch[1..]);
        return scratch[..17];
    }
}
