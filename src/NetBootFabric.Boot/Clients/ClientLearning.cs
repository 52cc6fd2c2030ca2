using NetBootFabric.Boot.Dhcp;

namespace NetBootFabric.Boot.Clients;

/// <summary>Merges what a packet says of its client into what is known: each stage shows only a part.</summary>
internal static class ClientLearning
{
    private const int IdentifiersKept = 4;

    public static ClientAttributes Learn(ClientAttributes known, DhcpInquiry inquiry)
    {
        // The common case, a packet that says nothing new, makes no new value.
        var learned = inquiry.ClientUuid.Length == 17 ? LearnUuid(known, ClientStages.Of(inquiry), inquiry.ClientUuid.Span[1..]) : known;
        if (!inquiry.ClientIdentifier.IsEmpty && known.ClientIdentifiers.Length < IdentifiersKept && !Knows(known, inquiry.ClientIdentifier.Span))
            learned = learned with { ClientIdentifiers = known.ClientIdentifiers.Add(Hex(inquiry.ClientIdentifier.Span)) };
        if (inquiry.WantsBoot && inquiry.VendorClass.Length > 0 && inquiry.VendorClass != known.VendorClass)
            learned = learned with { VendorClass = inquiry.VendorClass };
        if (inquiry.HostName.Length > 0 && inquiry.HostName != known.HostName) learned = learned with { HostName = inquiry.HostName };
        if (!inquiry.RelayInformation.IsEmpty && !IsHex(known.RelayInformation, inquiry.RelayInformation.Span)) learned = learned with { RelayInformation = Hex(inquiry.RelayInformation.Span) };
        if (inquiry.IsRelayed && inquiry.RelayAddress != known.Relay) learned = learned with { Relay = inquiry.RelayAddress };
        return learned;
    }

    /// <remarks>
    /// Stages of one machine show different ones (byte orders differ: RFC 4578 §2.3 leaves it to UUID's little-endian fields), so the earliest stage counts: firmware's, or iPXE's
    /// from a ROM. All zeros and all ones are what boards without a UUID send.
    /// </remarks>
    private static ClientAttributes LearnUuid(ClientAttributes known, ClientStage stage, ReadOnlySpan<byte> octets)
    {
        if (stage > known.UuidStage || !octets.ContainsAnyExcept((byte)0) || !octets.ContainsAnyExcept((byte)0xFF)) return known;
        if (IsUuid(known.Uuid, octets)) return stage == known.UuidStage ? known : known with { UuidStage = stage };
        var text = new Guid(octets).ToString();
        if (known.Uuid == "" || stage < known.UuidStage) return known with { Uuid = text, UuidStage = stage };
        var returns = IsUuid(known.EarlierUuid, octets) ? 1 : 0;
        return known with { Uuid = text, EarlierUuid = known.Uuid, UuidReturns = known.UuidReturns + returns };
    }

    /// <summary>
    /// In either byte order: RFC 4122 writes the first three fields in network order, SMBIOS and most firmware the other way round.
    /// </summary>
    private static bool IsUuid(string text, ReadOnlySpan<byte> octets)
    {
        Span<char> written = stackalloc char[36];
        return new Guid(octets).TryFormat(written, out _) && text.AsSpan().SequenceEqual(written)
            || new Guid(octets, bigEndian: true).TryFormat(written, out _) && text.AsSpan().SequenceEqual(written);
    }

    private static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);

    private static bool Knows(ClientAttributes known, ReadOnlySpan<byte> identifier)
    {
        foreach (var each in known.ClientIdentifiers)
            if (IsHex(each, identifier)) return true;
        return false;
    }

    /// <summary>Without making a text to compare with.</summary>
    private static bool IsHex(string text, ReadOnlySpan<byte> octets)
    {
        Span<char> written = stackalloc char[2 * byte.MaxValue];
        return text.Length == 2 * octets.Length && Convert.TryToHexStringLower(octets, written, out var length) && text.AsSpan().SequenceEqual(written[..length]);
    }
}
