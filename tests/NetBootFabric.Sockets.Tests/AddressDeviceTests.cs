using System.Diagnostics;
using System.Net.NetworkInformation;
using NetBootFabric.Sockets.Tests.Dying;
using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Sockets.Tests;

/// <summary>Addresses that are gone with their process, so that it looks like a machine without power.</summary>
public sealed class AddressDeviceTests
{
    private static readonly InterfaceAddress Service = new(Wired.ServerAddress + 99, 32);

    [Fact]
    public void Clients_reach_its_addresses_on_the_interface_they_are_on()
    {
        using var wire = new Wired();
        using var held = new HeldAddress(wire, Service, onDevice: true);
        using var client = new ClientSight(wire, Service);
        var address = new Ipv4Address(Service.Address).ToIPAddress();

        Assert.Equal(IPStatus.Success, wire.Client.Run(() => new Ping().Send(address, (int)Loopback.Limit.TotalMilliseconds).Status));
        Assert.Contains(new MacAddress(Wired.ServerMac).ToString(), wire.Client.Show($"neighbour show {address}"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(address, client.Ask());
        var connection = client.Connect();
        connection.Send([7]);
        Assert.Equal([2], ClientSight.Receive(connection));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // on an ordinary interface, to show that this is what makes the difference
    public void A_killed_process_is_silent_from_that_moment(bool onDevice)
    {
        using var wire = new Wired();
        using var held = new HeldAddress(wire, Service, onDevice);
        using var client = new ClientSight(wire, Service);
        var (heard, unheard) = (client.Connect(), client.Connect());
        heard.Send([7]);
        Assert.Equal([2], ClientSight.Receive(heard));
        unheard.Send([7]); // never read: its end would be a reset and not a FIN
        Assert.Empty(client.Refusals());

        held.Kill();
        Assert.Equal(!onDevice, held.IsThere);
        if (onDevice) heard.Send([8]);
        if (onDevice) unheard.Send([8]);
        client.Knock();
        Assert.Equal(onDevice, client.Refusals().Count == 0);
    }

    [Fact]
    public void A_process_that_stands_still_loses_its_addresses_and_has_them_again_when_it_goes_on()
    {
        using var wire = new Wired();
        using var held = new HeldAddress(wire, Service, onDevice: true);
        held.Signal("STOP");
        Await(() => !held.IsThere);
        held.Signal("CONT");
        Await(() => held.IsThere);
    }

    [Fact]
    public void It_is_up_without_addresses_of_its_own_and_gone_when_it_is_disposed()
    {
        using var room = new NetworkNamespace();
        using var one = room.Run(() => AddressDevice.Open());
        using var other = room.Run(() => AddressDevice.Open());
        Assert.Equal(("nbf0", "nbf1"), (one.Name, other.Name));
        var link = room.Run(() => InterfaceTable.Get("nbf0"));
        Assert.Equal((one.InterfaceIndex, 0ul, true, true), (link.Index, link.Mac, link.IsUp, link.IsRunning));
        Assert.Empty(link.Addresses);
        Assert.Null(link.LinkLocal);

        one.Dispose();
        Assert.Equal(["lo", "nbf1"], room.Run(InterfaceTable.Read).Select(each => each.Name));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_with_a_reason()
    {
        using var room = new NetworkNamespace();
        using var one = room.Run(() => AddressDevice.Open("nbf7"));
        var refused = Assert.Throws<InvalidOperationException>(() => room.Run(() => AddressDevice.Open("nbf7")));
        Assert.Contains("cannot open a device of /dev/net/tun", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["lo", "nbf7"], room.Run(InterfaceTable.Read).Select(each => each.Name));
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(null, null, null)]
    [InlineData(1, 0, "net.ipv4.conf.all.arp_ignore is 1")]
    [InlineData(0, 2, "net.ipv4.conf.eth0.arp_ignore is 2")]
    public void A_kernel_that_does_not_answer_for_other_interfaces_is_seen(int? all, int? own, string? said)
    {
        var trouble = WeakHost.Trouble("eth0", scope => scope == "all" ? all : own);
        if (said is null) Assert.Null(trouble);
        else Assert.StartsWith(said, trouble, StringComparison.Ordinal);
    }

    private static void Await(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition()) Assert.True(clock.Elapsed < Loopback.Limit, "in vain");
    }
}
