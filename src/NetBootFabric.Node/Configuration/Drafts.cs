using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>A value and where it stands, for checks that compare what stands in different places.</summary>
internal readonly record struct Placed<T>(T Value, Position At);

/// <summary>What a subnet's lines say, each with its place.</summary>
internal sealed record SubnetDraft(
    Subnet Subnet,
    Position At,
    IReadOnlyList<Placed<AddressRange>> Ranges,
    IReadOnlyList<Placed<Wire.Ipv4Address>> Routers);
