using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

/// <summary>The table in memory. Answers at once, or, while <see cref="Silent"/>, when told to; or fails.</summary>
internal sealed class MemoryServiceStore : IServiceAddressStore
{
    private readonly Dictionary<Ipv4Address, ServiceAddressRow> _rows = [];
    private readonly Queue<Action> _waiting = new();

    public bool Down { get; set; }

    /// <summary>Who lives, as the store knows it.</summary>
    public Func<string, bool> Lives { get; set; } = _ => false;
    public bool Silent { get; set; }

    public IEnumerable<ServiceAddressRow> Rows => _rows.Values.OrderBy(row => row.Address);

    public void Put(ServiceAddressRow row) => _rows[row.Address] = row;

    /// <summary>Carries out what waits.</summary>
    public void Answer()
    {
        for (var i = _waiting.Count; i > 0; i--) _waiting.Dequeue()();
    }

    public void Declare(string home, IReadOnlyList<Ipv4Address> addresses, Action<Exception?> completed) => Do(() =>
    {
        foreach (var address in addresses) _rows.TryAdd(address, new ServiceAddressRow(address, home, null, 1));
        completed(null);
    }, completed);

    public void Read(Action<IReadOnlyList<ServiceAddressRow>?, Exception?> completed) => Do(() => completed([.. Rows], null), error => completed(null, error));

    public void Hold(Ipv4Address address, string by, string? holder, long epoch, Action<bool, Exception?> completed) => Do(() =>
    {
        var row = _rows[address];
        var isFree = row.Epoch == epoch && (row.Holder is null || row.Holder == by || !Lives(row.Holder));
        if (isFree) _rows[address] = row with { Holder = holder, Epoch = epoch + 1 };
        completed(isFree, null);
    }, error => completed(false, error));

    private void Do(Action action, Action<Exception?> failed)
    {
        if (Down) action = () => failed(new IOException("the database is down"));
        if (Silent) _waiting.Enqueue(action);
        else action();
    }
}
