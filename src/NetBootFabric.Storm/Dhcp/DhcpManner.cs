using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Dhcp;

/// <summary>How one firmware speaks DHCP. Numbers as captured from the real ones.</summary>
internal sealed record DhcpManner
{
    /// <summary>From each DISCOVER or REQUEST to the next one; after the last the client gives up.</summary>
    public required TimeSpan[] Gaps { get; init; }

    /// <summary>The field secs of each DISCOVER.</summary>
    public required ushort[] Secs { get; init; }

    public required OfferPolicy Policy { get; init; }

    public required bool Broadcast { get; init; }

    public required string VendorClass { get; init; }

    /// <summary>Option 93; null: firmware is over, a system asks.</summary>
    public required ClientArchitecture? Architecture { get; init; }

    /// <summary>Option 94: type 1 (UNDI), major, minor. Goes with the architecture.</summary>
    public (byte Major, byte Minor) Undi { get; init; }

    /// <summary>Option 57. The default is what iPXE and OVMF say: 1500 less the headers.</summary>
    public ushort MessageSize { get; init; } = 1472;

    /// <summary>Option 57 of a REQUEST.</summary>
    public ushort RequestMessageSize { get; init; } = 1472;

    /// <summary>Option 55.</summary>
    public required byte[] Wanted { get; init; }

    /// <summary>Options 77 (bare, without RFC 3004's length octet) and 175.</summary>
    public byte[]? IpxeFeatures { get; init; }

    public bool HasClientIdentifier { get; init; }

    /// <summary>iPXE: 175.176 = 1 spares it the wait for a proxyDHCP server.</summary>
    public bool HeedsNoProxy { get; init; } = true;

    /// <summary>An OFFER without this at the head of its option 60 is passed over.</summary>
    public string? AnswerClass { get; init; }

    /// <summary>An OFFER without a boot file is passed over.</summary>
    public bool NeedsBootFile { get; init; }

    public bool IsIpxe => IpxeFeatures is not null;
}
