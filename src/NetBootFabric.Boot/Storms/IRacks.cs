using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Storms;

/// <summary>Which rack a client stands in, for turns that go round the racks. For many threads at a time; never waits.</summary>
public interface IRacks
{
    /// <summary>The same number for clients of one rack; 0 when it is not known.</summary>
    int RackOf(Ipv4Address client);
}

/// <summary>Everybody in one rack.</summary>
public sealed class OneRack : IRacks
{
    public static readonly OneRack Instance = new();

    private OneRack() { }

    public int RackOf(Ipv4Address client) => 0;
}
