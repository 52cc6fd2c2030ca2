using System.Collections;
using System.Collections.Concurrent;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Ndp.Tests;

/// <summary>The people of the tests: a server, two clients, a stranger.</summary>
internal static class Someone
{
    public static readonly MacAddress Server = MacAddress.Parse("02:00:00:00:0b:01");
    public static readonly MacAddress Client = MacAddress.Parse("02:00:00:00:0b:02");
    public static readonly MacAddress OtherClient = MacAddress.Parse("02:00:00:00:0b:03");
    public static readonly MacAddress Stranger = MacAddress.Parse("02:00:00:00:0b:99");
}

/// <summary>Who is in its firmware, as the test says.</summary>
internal sealed class Booting : IBootingClients, IEnumerable<MacAddress>
{
    private readonly ConcurrentDictionary<MacAddress, bool> _clients = new();

    /// <summary>Asked instead of the list when set.</summary>
    public Func<bool>? Asked { get; set; }

    public void Add(MacAddress client) => _clients[client] = true;

    public void Remove(MacAddress client) => _clients.TryRemove(client, out _);

    public bool IsInFirmware(MacAddress client, DateTimeOffset now) => Asked?.Invoke() ?? _clients.ContainsKey(client);

    public IEnumerator<MacAddress> GetEnumerator() => _clients.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
