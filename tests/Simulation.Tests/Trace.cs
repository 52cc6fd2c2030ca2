using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests;

/// <summary>What happened, in order; and its hash, by which two runs are compared.</summary>
internal sealed class Trace
{
    private readonly List<Entry> _entries = [];

    /// <summary>FNV-1a over every entry: the same in every process.</summary>
    public ulong Hash { get; private set; } = 0xCBF2_9CE4_8422_2325;

    public int Count => _entries.Count;

    public void Note(TimeSpan at, string what, MacAddress client = default, Ipv4Address address = default, uint number = 0)
    {
        _entries.Add(new Entry(at, what, client, address, number));
        Mix((ulong)at.Ticks);
        foreach (var letter in what) Mix(letter);
        Mix(client.Value);
        Mix(address.Value);
        Mix(number);
    }

    /// <summary>The last <paramref name="count"/> entries, for people.</summary>
    public string Tail(int count) => string.Join('\n', _entries.Skip(Math.Max(0, _entries.Count - count)));

    private void Mix(ulong value) => Hash = (Hash ^ value) * 0x100_0000_01B3;

    private readonly record struct Entry(TimeSpan At, string What, MacAddress Client, Ipv4Address Address, uint Number)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{At.TotalSeconds,10:f4} {(Client.Value == 0 ? "" : Client),-17} {What}{(Address.IsAny ? "" : $" {Address}")}{(Number == 0 ? "" : $" #{Number:x}")}");
    }
}
