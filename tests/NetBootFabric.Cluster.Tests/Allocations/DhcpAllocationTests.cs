using NetBootFabric.Testing;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests.Allocations;

/// <summary>
/// What DHCP may allocate, in octets, from a packet's octets to those of its answer. Counted by the runtime for this thread, so that neither time nor other tests matter.
/// Budgets are some 5 % above what a Debug build takes. A client that boots again has a history of ten boots, of which every eighth writes a snapshot.
/// </summary>
public sealed class DhcpAllocationTests
{
    /// <summary>Enough that what grows by doubling (tables of clients, of addresses) shows with its share.</summary>
    private const int Rounds = 400;

    private readonly DhcpRoom _room = new();
    private int _clients;
    private uint _transactions;

    [Theory]
    [InlineData("a new client, DISCOVER to ACK", DhcpBudgets.NewClient)]
    [InlineData("a client that is known boots again, DISCOVER to ACK", DhcpBudgets.KnownClient)]
    [InlineData("a DISCOVER sent again, to its OFFER", DhcpBudgets.DiscoverAgain)]
    [InlineData("a REQUEST sent again, to its ACK", DhcpBudgets.RequestAgain)]
    public void No_exchange_allocates_more_than_its_budget(string exchange, long octets) => AllocationBudget.AtMost(octets, Rounds, CaseOf(exchange));

    private Action CaseOf(string exchange)
    {
        _room.Exchange(0, _transactions);
        _room.Ask(DhcpMessageType.Discover, 1, 7);
        return exchange switch
        {
            "a new client, DISCOVER to ACK" => () => _room.Exchange(++_clients + 1, 1),
            "a client that is known boots again, DISCOVER to ACK" => () => _room.Exchange(0, ++_transactions),
            "a DISCOVER sent again, to its OFFER" => () => _room.Ask(DhcpMessageType.Discover, 1, 7),
            _ => () => _room.Ask(DhcpMessageType.Request, 0, _transactions),
        };
    }
}
