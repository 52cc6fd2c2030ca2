using System.Globalization;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Storms;

/// <summary>
/// The storm over all head nodes: first they agree on when it was, then each counts its own clients in it. Counted once a second at most, whoever asks.
/// </summary>
/// <param name="membership">Null: this head node is alone.</param>
/// <param name="uplink">This head node's own.</param>
internal sealed class FabricStorm(ClientBoard board, IRoomSource rooms, OtherHeads others, TimeProvider time, FabricMembership? membership = null, Func<UplinkView>? uplink = null) : IHeadPart
{
    private const string Starts = StormRoutes.Storm + "/starts";
    private const string Tally = StormRoutes.Storm + "/tally";
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(900);

    private readonly Lock _asking = new();
    private Task<StormView>? _asked;
    private long _askedAt;

    public Task<StormView> NowAsync()
    {
        lock (_asking)
        {
            if (_asked is { IsCompleted: false } || (_asked is { IsCompletedSuccessfully: true } && time.GetElapsedTime(_askedAt) < Fresh)) return _asked;
            _askedAt = time.GetTimestamp();
            return _asked = Task.Run(CountAsync);
        }
    }

    private async Task<StormView> CountAsync()
    {
        var now = time.GetUtcNow();
        var starts = await others.AskAsync(Starts, TallyJson.Default.IReadOnlyListStartBucket);
        var window = StormWindow.Find(StartBucket.Together(starts.SelectMany(each => each).Concat(OwnStarts(now)))) ?? StormWindow.Empty; // uplinks are shown without a storm, too
        var quiet = DateTimeOffset.FromUnixTimeSeconds(window.LastMove) + StormWindow.Quiet;
        var until = now < quiet ? now : quiet;
        var question = string.Create(CultureInfo.InvariantCulture, $"{Tally}?from={window.From}&to={window.To}&until={until.ToUnixTimeMilliseconds()}");
        var tallies = await others.AskAsync(question, TallyJson.Default.StormTally);
        return StormProgress.Of(window, [.. tallies, OwnTally(window, until)], until, now);
    }

    public ValueTask<HeadReply?> AnswerAsync(HeadRequest request) => new(request.Path switch
    {
        Starts => HeadReply.Found(OwnStarts(time.GetUtcNow()), TallyJson.Default.IReadOnlyListStartBucket),
        Tally when (Number(request, "from"), Number(request, "to"), Number(request, "until")) is ({ } from, { } to, { } until) =>
            HeadReply.Found(OwnTally(new StormWindow(from, to, 0), DateTimeOffset.FromUnixTimeMilliseconds(until)), TallyJson.Default.StormTally),
        Tally => HeadReply.NotFound,
        _ => (HeadReply?)null,
    });

    private IReadOnlyList<StartBucket> OwnStarts(DateTimeOffset now) => StartBucket.Of(Own, now);

    private StormTally OwnTally(StormWindow window, DateTimeOffset until)
    {
        var room = rooms.Current;
        return StormCount.Of(Own, window, until, mac => TargetResolution.NameOf(room.NodeOf(mac), mac)) with { Uplink = uplink?.Invoke() };
    }

    private IEnumerable<Boot.Clients.ClientState> Own => membership is null ? board.All : board.All.Where(state => membership.Owns(membership.ShardOf(state.Mac)));

    private static long? Number(HeadRequest request, string name) =>
        long.TryParse(request.Query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
