using System.Collections.Frozen;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class RoomClaimsTests : IRoomSource
{
    private static readonly Ipv4Address Fixed = Ipv4Address.Parse("10.9.0.50");

    private readonly LeaseBook _leases;
    private readonly RoomClaims _claims;

    public RoomClaimsTests()
    {
        _leases = new LeaseBook(new MemoryStore(), Current, new LeaseInventory([], []));
        _claims = new RoomClaims(this, _leases, new HostAddresses([Server], [ServerAddress]));
        _leases.Commit(new Lease { Client = Client, Address = ClientAddress, ExpiresAt = Noon.AddHours(1) }, 0, static _ => { });
    }

    public Room Current { get; private set; } = new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse("10.9.0.0/24"), Ranges = [new AddressRange(ClientAddress, Vacant)] }],
        FixedAddresses = new Dictionary<Ipv4Address, MacAddress> { [Fixed] = OtherClient }.ToFrozenDictionary(),
    };

    [Fact]
    public void A_running_lease_is_its_clients_own_and_nobody_elses()
    {
        Assert.Equal(AddressClaim.Rightful, Of(Client, ClientAddress));
        Assert.Equal(AddressClaim.SomebodyElses, Of(Stranger, ClientAddress));
    }

    [Fact]
    public void A_lease_that_ran_out_leaves_the_address_vacant_but_for_its_last_client()
    {
        Assert.Equal(AddressClaim.Expired, _claims.Of(Client, ClientAddress, Noon.AddHours(2)));
        Assert.Equal(AddressClaim.Vacant, _claims.Of(Stranger, ClientAddress, Noon.AddHours(2)));
    }

    [Fact]
    public void A_fixed_address_belongs_to_the_one_that_the_operator_named()
    {
        Assert.Equal(AddressClaim.Rightful, Of(OtherClient, Fixed));
        Assert.Equal(AddressClaim.SomebodyElses, Of(Client, Fixed));
    }

    [Fact]
    public void Only_pool_addresses_are_vacant_and_those_of_this_machine_are_ours()
    {
        Assert.Equal(AddressClaim.Vacant, Of(Stranger, Vacant));
        Assert.Equal(AddressClaim.Foreign, Of(Stranger, new Ipv4Address(Vacant.Value + 1)));
        Assert.Equal(AddressClaim.Foreign, Of(Stranger, Elsewhere));
        Assert.Equal(AddressClaim.Ours, Of(Stranger, ServerAddress));
    }

    [Fact]
    public void Beside_another_dhcp_server_no_address_is_ours_to_judge()
    {
        Current = Current with { Service = DhcpService.Proxy };
        Assert.Equal(AddressClaim.Foreign, Of(Stranger, Vacant));
        Assert.Equal(AddressClaim.Ours, Of(Stranger, ServerAddress));
    }

    private AddressClaim Of(MacAddress machine, Ipv4Address address) => _claims.Of(machine, address, Noon);
}
