using NetBootFabric.Boot.Dhcp;

namespace NetBootFabric.Boot.Clients;

/// <summary>Merges what a packet says of its client into what is known: each stage shows only a part.</summary>
internal static class ClientLearning
{
    private const int IdentifiersKept = 4;

    public static ClientAttributes Learn(ClientAttributes known, DhcpInquiry inquiry)
    {
        // The common case, a packet that says nothing new, makes no new value.
        var uuid = inquiry.ClientUuid.Length == 17 ? Uuid(known.Uuid, inquiry.ClientUuid.Span[1..]) : known.Uuid;
        var identifier = Hex(inquiry.ClientIdentifier.Span);
        var relay = Hex(inquiry.RelayInformation.Span);
        var learned = known;
        if (uuid != known.Uuid) learned = learned with { Uuid = uuid };
        if (identifier.Length > 0 && !known.ClientIdentifiers.Contains(identifier) && known.ClientIdentifiers.Length < IdentifiersKept)
            learned = learned with { ClientIdentifiers = known.ClientIdentifiers.Add(identifier) };
        if (inquiry.WantsBoot && inquiry.VendorClass.Length > 0 && inquiry.VendorClass != known.VendorClass)
            learned = learned with { VendorClass = inquiry.VendorClass };
        if (inquiry.HostName.Length > 0 && inquiry.HostName != known.HostName) learned = learned with { HostName = inquiry.HostName };
        if (relay.Length > 0 && relay != known.RelayInformation) learned = learned with { RelayInformation = relay };
        if (inquiry.IsRelayed && inquiry.RelayAddress != known.Relay) learned = learned with { Relay = inquiry.RelayAddress };
        return learned;
    }

    private static string Uuid(string known, ReadOnlySpan<byte> octets)
    {
        // Firmware sends the SMBIOS UUID in its own mixed byte order (RFC 4578 §2.3 leaves it to UUID's little-endian fields).
        var text = new Guid(octets).ToString();
        return text == known ? known : text;
    }

    private static string Hex(ReadOnlySpan<byte> octets) => octets.IsEmpty ? "" : Convert.ToHexStringLower(octets);
}
