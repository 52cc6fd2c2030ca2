using System.Buffers.Binary;
using System.Collections.Immutable;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>Downloads as a head node tells them to who may have to end them in its place.</summary>
public static class HttpDownloads
{
    /// <summary>4 + 2 + 4 + 2 octets.</summary>
    private const int Size = 12;

    /// <summary>As many as go into a message twice a second without being its burden; more end by their clients' own patience.</summary>
    private const int Most = 10_000;

    /// <summary>One string for all: a storm's thousands go to every other head node again and again.</summary>
    public static string Pack(IReadOnlyList<HttpDownload> downloads)
    {
        var octets = new byte[Math.Min(downloads.Count, Most) * Size];
        for (var i = 0; i < octets.Length / Size; i++)
        {
            var place = octets.AsSpan(i * Size, Size);
            BinaryPrimitives.WriteUInt32BigEndian(place, downloads[i].Server.Value);
            BinaryPrimitives.WriteUInt16BigEndian(place[4..], downloads[i].ServerPort);
            BinaryPrimitives.WriteUInt32BigEndian(place[6..], downloads[i].Client.Value);
            BinaryPrimitives.WriteUInt16BigEndian(place[10..], downloads[i].ClientPort);
        }
        return Convert.ToBase64String(octets);
    }

    /// <summary>None of what is no such string.</summary>
    public static ImmutableArray<HttpDownload> Unpack(string packed)
    {
        var octets = new byte[packed.Length];
        if (!Convert.TryFromBase64String(packed, octets, out var length) || length % Size != 0) return [];
        var downloads = ImmutableArray.CreateBuilder<HttpDownload>(length / Size);
        for (var place = octets.AsSpan(0, length); place.Length > 0; place = place[Size..])
        {
            downloads.Add(new HttpDownload(
                new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(place)), BinaryPrimitives.ReadUInt16BigEndian(place[4..]),
                new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(place[6..])), BinaryPrimitives.ReadUInt16BigEndian(place[10..])));
        }
        return downloads.MoveToImmutable();
    }
}
