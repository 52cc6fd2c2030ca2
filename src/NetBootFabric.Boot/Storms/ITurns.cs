using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Storms;

/// <summary>Asked whenever a client fetches the script that makes it load its system. For many threads at a time; never waits.</summary>
public interface ITurns
{
    /// <param name="rack">Turns go round the racks; empty: not known.</param>
    /// <param name="octets">What it will load.</param>
    Turn Ask(MacAddress client, string rack, long octets);
}

/// <summary>It is always everybody's turn.</summary>
public sealed class NoTurns : ITurns
{
    public static readonly NoTurns Instance = new();

    private NoTurns() { }

    public Turn Ask(MacAddress client, string rack, long octets) => Turn.Now;
}
