using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace NetBootFabric.Dhcp;

/// <summary>One counter for each member of a dense enumeration.</summary>
internal sealed class CounterTable<T> where T : struct, Enum
{
    private static readonly T[] Members = Enum.GetValues<T>();

    private readonly long[] _counts = new long[Members.Max(Index) + 1];

    public long this[T member] => Volatile.Read(ref _counts[Index(member)]);

    public long Total => Members.Sum(member => this[member]);

    public void Increment(T member) => Interlocked.Increment(ref _counts[Index(member)]);

    /// <summary>Those that ever counted, each with its name as the tag.</summary>
    public IEnumerable<Measurement<long>> Measure(string tag)
    {
        foreach (var member in Members)
            if (this[member] is > 0 and var count) yield return new(count, new KeyValuePair<string, object?>(tag, member.ToString()));
    }

    private static int Index(T member) => Unsafe.SizeOf<T>() == sizeof(byte) ? Unsafe.BitCast<T, byte>(member) : Unsafe.BitCast<T, int>(member);
}
