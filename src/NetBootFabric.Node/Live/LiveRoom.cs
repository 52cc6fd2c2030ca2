using System.Globalization;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Live;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Live;

/// <summary>
/// The whole room, as those who watch it at this head node see it: looked at once a second, for all of them together, and not at all while nobody watches. Its memory does not grow with
/// the number of readers.
/// </summary>
internal sealed class LiveRoom(OwnCells own, OtherHeads others, Func<Task<StormView>> storm, Func<ClusterView> cluster, TimeProvider time) : IAsyncDisposable
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Nobody came back for so long: it rests.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Other head nodes are not waited for beyond this: what they say late is in the next second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly FabricCells _cells = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private readonly string _instance = Random.Shared.Next().ToString("x8", CultureInfo.InvariantCulture);
    private Task _beating = Task.CompletedTask;
    private Task _asking = Task.CompletedTask;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _wantedAt;
    private int _readers;
    private bool _beats;

    public LiveFrames Frames { get; } = new();

    /// <summary>Somebody follows the stream, until this is disposed of.</summary>
    public IDisposable Read()
    {
        Interlocked.Increment(ref _readers);
        return new Reader(this);
    }

    public int Readers => Volatile.Read(ref _readers);

    /// <summary>All cells as they were a second ago at most, and the number of the frame that they come from.</summary>
    public async Task<(long Frame, byte[] Json)> SnapshotAsync(CancellationToken cancellation)
    {
        await WantAsync().WaitAsync(cancellation);
        lock (_cells)
        {
            var view = new RoomView(IdOf(Frames.Last), time.GetUtcNow(), [.. _cells.All]);
            return (Frames.Last, JsonSerializer.SerializeToUtf8Bytes(view, RoomJson.Default.RoomView));
        }
    }

    /// <summary>The frame that <paramref name="id"/> stands for; null: too old, or another head node's.</summary>
    public async Task<long?> FrameOfAsync(string? id, CancellationToken cancellation)
    {
        await WantAsync().WaitAsync(cancellation);
        return id?.Split('-') is [var instance, var text] && instance == _instance && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var frame) && Frames.Follows(frame) ? frame : null;
    }

    public string IdOf(long frame) => string.Create(CultureInfo.InvariantCulture, $"{_instance}-{frame}");

    private Task WantAsync()
    {
        lock (_starting)
        {
            Volatile.Write(ref _wantedAt, time.GetTimestamp());
            if (!_beats && !_stop.IsCancellationRequested)
            {
                _beats = true;
                _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _beating = Task.Run(BeatAsync);
            }
            return _ready.Task;
        }
    }

    private bool IsWanted => Readers > 0 || time.GetElapsedTime(Volatile.Read(ref _wantedAt)) < Rest;

    private async Task BeatAsync()
    {
        var (ready, rests) = (_ready, false);
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            do
            {
                await LookAsync();
                ready.TrySetResult();
                lock (_starting)
                {
                    // Under the lock: whoever wants it from now on starts it anew.
                    rests = !IsWanted;
                    _beats = !rests;
                }
                if (rests) return;
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The head node stops.
        }
        finally
        {
            if (!rests)
                lock (_starting) _beats = false;
            ready.TrySetResult();
        }
    }

    private async Task LookAsync()
    {
        if (_asking.IsCompleted) _asking = AskOthersAsync();
        var counted = storm();
        await Task.WhenAny(Task.WhenAll(_asking, counted), Task.Delay(Patience, time, _stop.Token));
        lock (_cells)
        {
            _cells.Apply(own.Since(_cells.CursorOf(own.Head)));
            var (cells, gone) = _cells.Take();
            var frame = Frames.Last + 1;
            var delta = new RoomDelta(IdOf(frame), time.GetUtcNow(), cells, gone);
            Frames.Add(frame, LiveEvents.Frame(delta, counted.IsCompletedSuccessfully ? counted.Result : null, cluster()));
        }
    }

    private async Task AskOthersAsync()
    {
        bool more;
        do
        {
            string since;
            lock (_cells) since = CellCursor.Write(_cells.Cursors.Where(each => each.Head != own.Head));
            var answers = await others.AskAsync($"{OwnCells.Route}?since={Uri.EscapeDataString(since)}", CellJson.Default.CellChanges);
            lock (_cells)
                foreach (var changes in answers) _cells.Apply(changes);
            more = answers.Any(changes => changes.More);
        }
        while (more && !_stop.IsCancellationRequested);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        _stop.Dispose();
    }

    private sealed class Reader(LiveRoom room) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref room._readers);
    }
}
