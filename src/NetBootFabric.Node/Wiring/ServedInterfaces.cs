using NetBootFabric.Node.Configuration;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>The interfaces that clients are on, as they were at the start.</summary>
internal sealed class ServedInterfaces(NodeOptions options, RoomKeeper rooms) : Subsystem
{
    public IReadOnlyList<ServingInterface> All { get; private set; } = [];

    public string Names => string.Join(", ", All.Select(each => $"{each.Link.Name} ({each.Address})"));

    /// <summary>What keeps their clients from being served now, a sentence each.</summary>
    public IEnumerable<string> Troubles => All.Select(each => each.Trouble(rooms.Current)).OfType<string>();

    /// <exception cref="SocketSetupException">An interface is not there, or has no address; the message says what to do.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        All = [.. options.Interfaces.Select(name => ServingInterface.Find(name, options.Room))];
        return Task.CompletedTask;
    }

    /// <summary>Of the interface that clients reach the address by.</summary>
    public MacAddress OwnMac(Ipv4Address address)
    {
        foreach (var each in All)
            if (each.Address == address || each.Link.IsInSubnet(address.Value)) return new MacAddress(each.Link.Mac);
        return All.Count > 0 ? new MacAddress(All[0].Link.Mac) : default;
    }

    public bool IsReachedBy(string device, Ipv4Address address)
    {
        foreach (var each in All)
            if (each.Link.Name == device) return each.Link.IsInSubnet(address.Value);
        return false;
    }
}
