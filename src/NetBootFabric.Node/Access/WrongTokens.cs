using System.Net;

namespace NetBootFabric.Node.Access;

/// <summary>How many wrong tokens an address may show: some at once, then a few each second. Fixed memory; addresses that share a place share its allowance.</summary>
internal sealed class WrongTokens(TimeProvider time)
{
    public const int AtOnce = 20;
    private const int EachSecond = 5;
    private const int Places = 4096;

    private readonly Lock _lock = new();
    private readonly double[] _spent = new double[Places];
    private readonly long[] _at = new long[Places];
    private readonly int _seed = Random.Shared.Next();

    /// <summary>Counts one more; false: there were too many.</summary>
    public bool TrySpend(IPAddress? from)
    {
        var place = (HashCode.Combine(_seed, from) & int.MaxValue) % Places;
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var left = Math.Max(0, _spent[place] - time.GetElapsedTime(_at[place], now).TotalSeconds * EachSecond);
            _at[place] = now;
            _spent[place] = left + 1 > AtOnce ? left : left + 1;
            return left + 1 <= AtOnce;
        }
    }
}
