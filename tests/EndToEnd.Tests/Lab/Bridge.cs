using System.Globalization;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>The switch of a room, in a namespace of its own: machines and servers are plugged into it.</summary>
internal sealed class Bridge : IDisposable
{
    private int _ports;

    public Bridge()
    {
        Namespace.Here("link add br0 type bridge forward_delay 0 mcast_snooping 0");
        Namespace.Here("link set br0 up");
    }

    public NetworkNamespace Namespace { get; } = new();

    /// <summary>A virtual machine's port.</summary>
    /// <returns>The tap's name.</returns>
    public string AddTap()
    {
        var name = $"tap{_ports++}";
        Namespace.Here($"tuntap add {name} mode tap");
        Namespace.Here($"link set {name} master br0 up");
        return name;
    }

    /// <summary>Connects <paramref name="host"/> by an interface called <paramref name="name"/>, with that address unless it is to ask for one.</summary>
    public async Task PlugAsync(NetworkNamespace host, string name, string mac, string? address = null)
    {
        var port = $"port{_ports++}";
        Namespace.Here($"link add {port} type veth peer name {name} address {mac} netns {host.Name}");
        Namespace.Here($"link set {port} master br0 up");

        // There is no card behind it that would fill in a checksum left to the hardware.
        await Tool.RunAsync("ip", "netns", "exec", host.Name, "ethtool", "-K", name, "tx", "off");
        if (address is not null) host.Here($"address add {address} dev {name}");
        host.Here($"link set {name} up");
    }

    /// <summary>From here on the host hands over packets of a wire's size, not bundles for a card to cut.</summary>
    public static Task UnbundleAsync(NetworkNamespace host, string name) => Tool.RunAsync("ip", "netns", "exec", host.Name, "ethtool", "-K", name, "tso", "off", "gso", "off");

    /// <summary>Connects another switch behind a narrow link: no more than <paramref name="rate"/> goes there, and what does not fit into <paramref name="queue"/> octets is lost.</summary>
    public async Task ConnectAsync(Bridge other, string rate, int queue)
    {
        var (port, far) = ($"port{_ports++}", $"port{other._ports++}");
        Namespace.Here($"link add {port} type veth peer name {far} netns {other.Namespace.Name}");
        Namespace.Here($"link set {port} master br0 up");
        other.Namespace.Here($"link set {far} master br0 up");
        await ShapeAsync(port, rate, queue);
    }

    /// <summary>The same for a port that is there.</summary>
    public Task ShapeAsync(string port, string rate, int queue) =>
        Tool.RunAsync("tc", "-n", Namespace.Name, "qdisc", "add", "dev", port, "root", "tbf", "rate", rate, "burst", "12500", "limit", queue.ToString(CultureInfo.InvariantCulture));

    /// <summary>No more than that goes to a machine.</summary>
    public Task LimitAsync(string tap, string rate) =>
        Tool.RunAsync("tc", "-n", Namespace.Name, "qdisc", "add", "dev", tap, "root", "tbf", "rate", rate, "burst", "16k", "latency", "200ms");

    public void Dispose() => Namespace.Dispose();
}
