using NetBootFabric.Wire;

namespace NetBootFabric.Arp.Tests;

/// <summary>The people of the tests: a server, two clients, a stranger.</summary>
internal static class Someone
{
    public static readonly MacAddress Server = MacAddress.Parse("02:00:00:00:0a:01");
    public static readonly MacAddress Client = MacAddress.Parse("02:00:00:00:0a:02");
    public static readonly MacAddress OtherClient = MacAddress.Parse("02:00:00:00:0a:03");
    public static readonly MacAddress Stranger = MacAddress.Parse("02:00:00:00:0a:99");

    public static readonly Ipv4Address ServerAddress = Ipv4Address.Parse("10.9.0.1");
    public static readonly Ipv4Address ClientAddress = Ipv4Address.Parse("10.9.0.2");
    public static readonly Ipv4Address OtherAddress = Ipv4Address.Parse("10.9.0.3");
    public static readonly Ipv4Address Vacant = Ipv4Address.Parse("10.9.0.100");
    public static readonly Ipv4Address Elsewhere = Ipv4Address.Parse("192.0.2.1");

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
}

/// <summary>Client and OtherClient have a lease each; every other address below 10.9.0.200 is vacant.</summary>
internal sealed class SmallRoom : IAddressClaims
{
    /// <summary>Runs out for the client when set.</summary>
    public bool ClientExpired { get; set; }

    public AddressClaim Of(MacAddress machine, Ipv4Address address, DateTimeOffset now)
    {
        if (address == Someone.ServerAddress) return AddressClaim.Ours;
        if (address == Someone.ClientAddress && ClientExpired) return machine == Someone.Client ? AddressClaim.Expired : AddressClaim.Vacant;
        if (address == Someone.ClientAddress) return machine == Someone.Client ? AddressClaim.Rightful : AddressClaim.SomebodyElses;
        if (address == Someone.OtherAddress) return machine == Someone.OtherClient ? AddressClaim.Rightful : AddressClaim.SomebodyElses;
        return address.Value >> 8 == Someone.ServerAddress.Value >> 8 && (address.Value & 255) < 200 ? AddressClaim.Vacant : AddressClaim.Foreign;
    }
}
