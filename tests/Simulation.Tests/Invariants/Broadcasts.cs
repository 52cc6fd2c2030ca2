using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Invariants;

/// <summary>Several head nodes hear each broadcast. While nothing is wrong exactly one settles it: with an answer, or with a reason for none.</summary>
internal sealed class Broadcasts(World world)
{
    /// <summary>A commit and its answer take less.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<long, List<string>> _settled = [];
    private long _last;

    /// <summary>A machine sends a broadcast; its number.</summary>
    public long Begin(DhcpInquiry inquiry)
    {
        var number = ++_last;
        if (!world.Plan.IsCluster || !world.IsSettled) return number;
        _settled[number] = [];
        world.After(Patience, () => End(number, inquiry.Client, $"{inquiry.Type} #{inquiry.TransactionId:x}"));
        return number;
    }

    /// <summary>A head node answers it, or dismisses it as its own business.</summary>
    public void OnSettled(long number, string head)
    {
        if (_settled.TryGetValue(number, out var heads)) heads.Add(head);
    }

    private void End(long number, MacAddress client, string what)
    {
        if (!_settled.Remove(number, out var heads) || !world.IsSettled || heads.Count == 1) return;
        world.Broken($"the {what} of {client} was settled by {(heads.Count == 0 ? "nobody" : string.Join(" and ", heads))}");
    }
}
