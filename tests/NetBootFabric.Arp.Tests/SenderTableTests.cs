using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp.Tests;

public sealed class SenderTableTests
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    [Fact]
    public void Machines_are_kept_apart_while_there_is_room()
    {
        var table = new SenderTable<int>(1024, Memory, seed: 7);
        for (var round = 1; round <= 3; round++)
            for (ulong mac = 1; mac <= 100; mac++) Assert.Equal(round, ++table.Hear(new MacAddress(mac), round));
    }

    [Fact]
    public void In_a_full_row_the_one_heard_least_recently_gives_way()
    {
        var table = new SenderTable<int>(8, Memory, seed: 7); // one row
        Assert.Equal(8, table.Capacity);
        for (ulong mac = 1; mac <= 8; mac++) table.Hear(new MacAddress(mac), (long)mac) = 1;
        table.Hear(new MacAddress(1), 10)++; // now 2 is the oldest
        table.Hear(new MacAddress(9), 11)++;

        Assert.Equal(2, table.Hear(new MacAddress(1), 12));
        Assert.Equal(1, table.Hear(new MacAddress(3), 12));
        Assert.Equal(0, table.Hear(new MacAddress(2), 12));
    }

    [Fact]
    public void A_machine_silent_for_long_is_new()
    {
        var table = new SenderTable<int>(8, Memory, seed: 7);
        table.Hear(new MacAddress(1), 100) = 5;
        Assert.Equal(5, table.Hear(new MacAddress(1), 100 + Memory.Ticks));
        Assert.Equal(0, table.Hear(new MacAddress(1), 101 + 2 * Memory.Ticks));
    }

    [Fact]
    public void A_flood_of_senders_costs_no_memory()
    {
        var table = new SenderTable<int>(64, Memory, seed: 7);
        AllocationBudget.Nothing(() =>
        {
            for (ulong mac = 1; mac < 10_000; mac++) table.Hear(new MacAddress(mac), (long)mac)++;
        });
        Assert.Equal(64, table.Capacity);
    }

    [Fact]
    public void A_room_of_one_makers_machines_spreads_over_the_rows()
    {
        var table = new SenderTable<int>(16_384, Memory, seed: 0x1234_5678_9ABC_DEF0);
        const ulong maker = 0x5254_0000_0000;
        for (ulong i = 0; i < 8192; i++) table.Hear(new MacAddress(maker + i), 1) = 1;
        var kept = 0;
        for (ulong i = 0; i < 8192; i++) kept += table.Hear(new MacAddress(maker + i), 2);
        Assert.InRange(kept, 7000, 8192); // half full: random rows of eight keep more than nine in ten
    }
}
