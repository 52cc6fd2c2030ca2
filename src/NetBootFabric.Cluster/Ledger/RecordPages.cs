using System.Buffers.Binary;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// Records of any length in pages of octets: a million of them are a few thousand objects to the garbage collector, without a reference among them. A record is written behind the last one;
/// one that is removed leaves a gap, and a page that is mostly gaps is emptied into the last one. Not thread-safe.
/// </summary>
/// <param name="moved">Told of each record that was moved to empty its page: its key, and where it is now.</param>
internal sealed class RecordPages(Action<ulong, RecordPages.Place> moved)
{
    /// <summary>Below the large object heap's 85 000 octets, so that an empty page goes with the next young collections.</summary>
    private const int PageSize = 64 * 1024;

    /// <summary>The record's key and its length.</summary>
    private const int Header = sizeof(ulong) + sizeof(int);

    /// <summary>A longer record has a page to itself.</summary>
    private const int Shared = PageSize / 4;

    private const int Smallest = 4096;

    private readonly List<Page?> _pages = [];
    private readonly Stack<int> _free = [];
    private int _last = -1;

    /// <summary>Where a record's octets are.</summary>
    public readonly record struct Place(int Page, int Offset, int Length);

    /// <summary>Octets of all pages.</summary>
    public long Octets { get; private set; }

    /// <summary>Octets of the records alone.</summary>
    public long Live { get; private set; }

    public Place Add(ulong key, ReadOnlySpan<byte> record)
    {
        var size = Header + record.Length;
        var page = size > Shared ? Open(size) : Roomy(size);
        var place = Append(page, key, record);
        Live += size;
        return place;
    }

    public ReadOnlySpan<byte> Read(Place place) => _pages[place.Page]!.Octets.AsSpan(place.Offset, place.Length);

    public void Remove(Place place)
    {
        var page = _pages[place.Page]!;
        Live -= Header + place.Length;
        page.Live -= Header + place.Length;
        // The key's place is overwritten, so that who empties the page passes over it.
        BinaryPrimitives.WriteUInt64LittleEndian(page.Octets.AsSpan(place.Offset - Header), ulong.MaxValue);
        if (page.Live == 0) Release(place.Page);
        else if (place.Page != _last && page.Live < page.Octets.Length / 2) Empty(place.Page);
    }

    /// <summary>Each record moves behind the last one: a page is emptied once it is half gaps, so that this costs less than the writing did.</summary>
    private void Empty(int number)
    {
        var page = _pages[number]!;
        for (var offset = 0; offset < page.Used;)
        {
            var key = BinaryPrimitives.ReadUInt64LittleEndian(page.Octets.AsSpan(offset));
            var length = BinaryPrimitives.ReadInt32LittleEndian(page.Octets.AsSpan(offset + sizeof(ulong)));
            if (key != ulong.MaxValue) moved(key, Append(Roomy(Header + length), key, page.Octets.AsSpan(offset + Header, length)));
            offset += Header + length;
        }
        Release(number);
    }

    private Place Append(int number, ulong key, ReadOnlySpan<byte> record)
    {
        var page = _pages[number]!;
        var at = page.Octets.AsSpan(page.Used);
        BinaryPrimitives.WriteUInt64LittleEndian(at, key);
        BinaryPrimitives.WriteInt32LittleEndian(at[sizeof(ulong)..], record.Length);
        record.CopyTo(at[Header..]);
        var place = new Place(number, page.Used + Header, record.Length);
        page.Used += Header + record.Length;
        page.Live += Header + record.Length;
        return place;
    }

    private int Roomy(int size)
    {
        if (_last >= 0 && _pages[_last] is { } last && last.Octets.Length - last.Used >= size) return _last;
        // The first page of a small shard is small, and grows with what is in it.
        return _last = Open((int)Math.Clamp(Math.Max(Live / 2, size), Smallest, PageSize));
    }

    private int Open(int size)
    {
        Octets += size;
        var page = new Page(new byte[size]);
        if (_free.TryPop(out var number))
        {
            _pages[number] = page;
            return number;
        }
        _pages.Add(page);
        return _pages.Count - 1;
    }

    private void Release(int number)
    {
        Octets -= _pages[number]!.Octets.Length;
        _pages[number] = null;
        _free.Push(number);
        if (_last == number) _last = -1;
    }

    private sealed class Page(byte[] octets)
    {
        public byte[] Octets => octets;
        public int Used { get; set; }
        public int Live { get; set; }
    }
}
