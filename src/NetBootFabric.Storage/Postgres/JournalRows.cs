using System.Runtime.InteropServices;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>Journal kinds of <c>write_group</c>.</summary>
internal enum JournalKind : short { Append = 0, Snapshot = 1, DeleteEvents = 2, DeleteSnapshots = 3 }

/// <summary>The journal arguments of <c>write_group</c>: one array a column. An append or snapshot is followed by its entries.</summary>
internal sealed class JournalRows
{
    private readonly List<short> _kinds = [];
    private readonly List<string> _names = [];
    private readonly List<long> _limits = [];
    private readonly List<int> _counts = [];
    private readonly List<long> _numbers = [];
    private readonly List<int> _serializers = [];
    private readonly List<string> _manifests = [];
    private readonly List<byte[]> _payloads = [];
    private readonly List<long> _times = [];

    public int Count => _kinds.Count;

    /// <param name="limit">Up to which sequence number to delete.</param>
    /// <param name="entries">How many entries follow.</param>
    /// <returns>The row's place, which is its outcome's place too.</returns>
    public int Add(JournalKind kind, string name, long limit, int entries)
    {
        _kinds.Add((short)kind);
        _names.Add(name);
        _limits.Add(limit);
        _counts.Add(entries);
        return Count - 1;
    }

    public void AddEntry(long number, int serializer, string manifest, ReadOnlyMemory<byte> payload, long time)
    {
        _numbers.Add(number);
        _serializers.Add(serializer);
        _manifests.Add(manifest);
        _payloads.Add(ArrayOf(payload));
        _times.Add(time);
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        PostgresBatch.Add(parameters, _kinds);
        PostgresBatch.Add(parameters, _names);
        PostgresBatch.Add(parameters, _limits);
        PostgresBatch.Add(parameters, _counts);
        PostgresBatch.Add(parameters, _numbers);
        PostgresBatch.Add(parameters, _serializers);
        PostgresBatch.Add(parameters, _manifests);
        PostgresBatch.Add(parameters, _payloads);
        PostgresBatch.Add(parameters, _times);
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment) && segment.Array is { } array && array.Length == payload.Length ? array : payload.ToArray();
}
