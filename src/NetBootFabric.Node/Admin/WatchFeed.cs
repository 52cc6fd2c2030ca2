using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Node.Admin;

/// <summary>The live stream of phases. A reader that is too slow loses the oldest events, never the fabric's memory.</summary>
internal sealed class WatchFeed(ClientBoard board, IRoomSource rooms, PhaseExchange others)
{
    /// <summary>A room of ten thousand entering a phase at once, in one slow reader's queue: some 10 MiB.</summary>
    private const int Queue = 16_384;

    /// <param name="all">Begin with the present phase of every client of this head node.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(bool all, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<object>(new BoundedChannelOptions(Queue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var own = board.Follow(state => channel.Writer.TryWrite(state));
        using var elsewhere = others.Read(entered => channel.Writer.TryWrite(entered));
        if (all)
            foreach (var state in board.All) yield return new(Describe(state));
        await foreach (var entered in channel.Reader.ReadAllAsync(cancellation)) yield return new(entered as string ?? Describe((ClientState)entered));
    }

    public string Describe(ClientState state)
    {
        var client = ClientViews.Summary(rooms.Current, state);
        return JsonSerializer.Serialize(new WatchEvent(client.PhaseSince ?? DateTimeOffset.UnixEpoch, client), AdminJson.Default.WatchEvent);
    }
}
