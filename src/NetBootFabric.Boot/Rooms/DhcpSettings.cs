using System.Collections.Immutable;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Rooms;

/// <summary>What the operator gives to clients by hand, for firmware that no loader here is made for, and for whatever else asks DHCP: U-Boot, OPAL, telephones, switches.</summary>
public sealed record DhcpSettings
{
    public static DhcpSettings None { get; } = new();

    /// <summary>The boot file in place of a loader; null: not said.</summary>
    public string? BootFile { get; init; }

    /// <summary>siaddr, and options 66 and 150 where they are asked for; null: not said, it is the head node.</summary>
    public Ipv4Address? NextServer { get; init; }

    /// <summary>No code twice.</summary>
    public ImmutableArray<GivenOption> Options { get; init; } = [];

    public bool IsEmpty => BootFile is null && NextServer is null && Options.IsEmpty;

    /// <summary>What <paramref name="nearer"/> does not say is as <paramref name="farther"/> says.</summary>
    public static DhcpSettings Over(DhcpSettings nearer, DhcpSettings farther)
    {
        if (nearer.IsEmpty) return farther;
        if (farther.IsEmpty) return nearer;
        return new DhcpSettings
        {
            BootFile = nearer.BootFile ?? farther.BootFile,
            NextServer = nearer.NextServer ?? farther.NextServer,
            Options = nearer.Options.AddRange(farther.Options.Where(option => !nearer.Options.Any(near => near.Code == option.Code))),
        };
    }
}

/// <param name="Value">Encoded, without code and length.</param>
/// <param name="Always">Also to clients that do not ask for it.</param>
public sealed record GivenOption(byte Code, ReadOnlyMemory<byte> Value, bool Always);
