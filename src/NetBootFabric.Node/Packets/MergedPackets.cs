using NetBootFabric.AdminApi.Packets;

namespace NetBootFabric.Node.Packets;

/// <summary>What several head nodes remember of one client, put together by time. Pure.</summary>
internal static class MergedPackets
{
    /// <summary>All head nodes hear a broadcast. Their clocks may differ by as much.</summary>
    private const long SameMicroseconds = 500_000;

    /// <summary>Of the boot that is asked for; a packet that several heard stands once, as the first of them heard it.</summary>
    public static IReadOnlyList<(string Node, HeadPacket Packet)> Of(IReadOnlyList<HeadPackets> heads, bool failed)
    {
        var failedBoot = FailedBoot(heads);
        var (from, until) = Span(heads.Where(head => head.FailedBoot == failedBoot).SelectMany(head => head.Failed));
        var chosen = heads.SelectMany(head => Chosen(head, failed, failedBoot, from, until).Select(packet => (head.Node, Packet: packet))).OrderBy(each => each.Packet.At).ToList();
        return [.. chosen.Where((each, i) => !IsCopy(chosen, i))];
    }

    /// <summary>The last one that any of them keeps; 0: none.</summary>
    public static long FailedBoot(IReadOnlyList<HeadPackets> heads) => heads.Max(head => (long?)head.FailedBoot) ?? 0;

    /// <summary>Only the head node whose client it is hears that a boot failed: what the others have of that time is in their rings still.</summary>
    private static IEnumerable<HeadPacket> Chosen(HeadPackets head, bool failed, long failedBoot, long from, long until)
    {
        if (head.FailedBoot == failedBoot && failedBoot > 0) return failed ? head.Failed : head.Current;
        return failedBoot == 0 ? (failed ? [] : head.Current) : head.Current.Where(packet => (packet.At >= from && packet.At <= until) == failed);
    }

    private static (long From, long Until) Span(IEnumerable<HeadPacket> packets)
    {
        var times = packets.Select(packet => packet.At).ToList();
        return times.Count == 0 ? (0, 0) : (times.Min(), times.Max());
    }

    private static bool IsCopy(List<(string Node, HeadPacket Packet)> packets, int index)
    {
        var (node, packet) = packets[index];
        if (packet.Sent || packet.Payload is null) return false;
        for (var i = index - 1; i >= 0 && packet.At - packets[i].Packet.At < SameMicroseconds; i--)
        {
            var (other, before) = packets[i];
            if (other != node && !before.Sent && before.Payload is not null && before.Payload.AsSpan().SequenceEqual(packet.Payload)) return true;
        }
        return false;
    }
}
