using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;

namespace NetBootFabric.Node.Admin;

/// <summary>The live stream of phases. A reader that is too slow loses the oldest events, never the fabric's memory.</summary>
internal sealed class WatchFeed(ClientBoard board, IRoomSource rooms)
{
    /// <summary>A room of ten thousand entering a phase at once, in one slow reader's queue: some 10 MiB.</summary>
    private const int Queue = 16_384;

    public async IAsyncEnumerable<SseItem<string>> ReadAsync(bool all, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<ClientState>(new BoundedChannelOptions(Queue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var subscription = board.Follow(state => channel.Writer.TryWrite(state));
        if (all)
            foreach (var state in board.All) yield return Event(state);
        await foreach (var state in channel.Reader.ReadAllAsync(cancellation)) yield return Event(state);
    }

    private SseItem<string> Event(ClientState state)
    {
        var client = ClientViews.Summary(rooms.Current, state);
        return new(JsonSerializer.Serialize(new WatchEvent(client.PhaseSince ?? DateTimeOffset.UnixEpoch, client), AdminJson.Default.WatchEvent));
    }
}
