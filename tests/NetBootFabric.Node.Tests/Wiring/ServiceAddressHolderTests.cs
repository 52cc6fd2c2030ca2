using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Wiring;

public sealed class ServiceAddressHolderTests : IDisposable
{
    private const string Mac = "02:00:00:00:0b:01";
    private static readonly Ipv4Address Service = Ipv4Address.Parse("10.9.0.100"), Elsewhere = Ipv4Address.Parse("192.0.2.1");

    private readonly NetworkNamespace _head = new(), _client = new();
    private readonly List<(Ipv4Address Address, Errno Error)> _troubles = [];
    private readonly List<string> _advice = [];
    private readonly ServiceAddressHolder _holder;

    public ServiceAddressHolderTests()
    {
        _head.Join(_client, "eth0", "eth0", Mac, "02:00:00:00:0b:02");
        _head.Here("address add 10.9.0.1/24 dev eth0");
        _client.Here("address add 10.9.0.2/24 dev eth0");
        _holder = Open();
    }

    [Fact]
    public void An_address_comes_with_a_lifetime_and_its_segment_is_told_and_goes_at_once()
    {
        _client.Here($"neighbour replace {Service} lladdr 02:00:00:00:0b:99 dev eth0 nud reachable");
        _holder.Renew(Service);
        Assert.Matches($@"{Service}/32 scope global dynamic noprefixroute nbf0\s+valid_lft [12]sec", Addresses());
        var limit = TimeProvider.System.GetTimestamp();
        while (!_client.Show($"neighbour show {Service}").Contains(Mac, StringComparison.OrdinalIgnoreCase))
            Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(20), "the client was not told");

        _holder.Release(Service);
        Assert.DoesNotContain(Service.ToString(), Addresses(), StringComparison.Ordinal);
        _holder.Release(Service);
        Assert.Empty(_troubles);
        Assert.Empty(_advice);
    }

    [Fact]
    public void What_an_earlier_life_left_on_the_interface_is_taken_off()
    {
        _head.Here($"address add {Service}/32 dev eth0");
        _holder.Renew(Service);
        Assert.DoesNotContain(Service.ToString(), _head.Show("-4 address show dev eth0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_kernel_does_not_answer_for_another_device_the_interface_has_the_addresses_and_that_is_said()
    {
        _holder.Dispose();
        _head.Run(() => File.WriteAllText("/proc/sys/net/ipv4/conf/eth0/arp_ignore", "1"));
        using var holder = Open();
        holder.Renew(Service);
        Assert.Contains(Service.ToString(), _head.Show("-4 address show dev eth0"), StringComparison.Ordinal);
        Assert.Contains("sysctl -w net.ipv4.conf.eth0.arp_ignore=0", Assert.Single(_advice), StringComparison.Ordinal);
        holder.Release(Service);
        Assert.DoesNotContain(Service.ToString(), Addresses(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_no_interface_is_told_of_once()
    {
        _holder.Renew(Elsewhere);
        _holder.Renew(Elsewhere);
        Assert.Equal([(Elsewhere, Errno.ENODEV)], _troubles);
    }

    [Fact]
    public void Disposal_takes_everything_off()
    {
        _holder.Renew(Service);
        _holder.Dispose();
        Assert.DoesNotContain(Service.ToString(), Addresses(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _holder.Dispose();
        _head.Dispose();
        _client.Dispose();
    }

    private ServiceAddressHolder Open() =>
        _head.Run(() => new ServiceAddressHolder([InterfaceTable.Get("eth0")], TimeProvider.System, (address, error) => _troubles.Add((address, error)), _advice.Add));

    private string Addresses() => _head.Show("-4 address show");
}
