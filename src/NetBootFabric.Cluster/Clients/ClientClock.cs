using System.Runtime.InteropServices;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Clients;

/// <summary>
/// When clients are to be looked at, for all of a head node: by MAC address for those whose silence becomes a failure, so that they need no actor until then; by actor for
/// those that may leave memory. One timer in place of ten thousand. Thread-safe.
/// </summary>
public sealed class ClientClock
{
    /// <summary>What is due within it is due together.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();

    /// <summary>The step at which each client is looked at.</summary>
    private readonly Dictionary<ulong, long> _awaited = [];
    private readonly SortedList<long, Due> _steps = [];
    private Action<TimeSpan>? _arm;
    private long _armed = long.MaxValue;

    /// <summary>The client is to be looked at then, or earlier: its deadline may have moved by that time.</summary>
    public void Await(MacAddress client, DateTimeOffset due, DateTimeOffset now)
    {
        lock (_gate)
        {
            var step = StepOf(due);
            ref var awaited = ref CollectionsMarshal.GetValueRefOrAddDefault(_awaited, client.Value, out var exists);
            if (exists && awaited <= step) return;
            awaited = step;
            At(step).Clients.Add(client.Value);
            Arm(step, now);
        }
    }

    public void Forget(MacAddress client)
    {
        lock (_gate) _awaited.Remove(client.Value);
    }

    /// <summary>The actor is to be asked then whether it has anything left to do.</summary>
    internal void Rest(IActorRef actor, DateTimeOffset due, DateTimeOffset now)
    {
        lock (_gate)
        {
            var step = StepOf(due);
            At(step).Actors.Add(actor);
            Arm(step, now);
        }
    }

    /// <param name="arm">Asks for a call of <see cref="Take"/> after a time.</param>
    internal void Start(Action<TimeSpan> arm)
    {
        lock (_gate) (_arm, _armed) = (arm, long.MaxValue);
    }

    /// <summary>Everything that is due.</summary>
    internal (List<MacAddress> Clients, List<IActorRef> Actors) Take(DateTimeOffset now)
    {
        var (clients, actors) = (new List<MacAddress>(), new List<IActorRef>());
        lock (_gate)
        {
            _armed = long.MaxValue;
            while (_steps.Count > 0 && _steps.GetKeyAtIndex(0) is var step && step * Step.Ticks <= now.UtcTicks)
            {
                var due = _steps.GetValueAtIndex(0);
                _steps.RemoveAt(0);
                foreach (var client in due.Clients)
                    if (_awaited.TryGetValue(client, out var awaited) && awaited == step && _awaited.Remove(client)) clients.Add(new MacAddress(client));
                actors.AddRange(due.Actors);
            }
            if (_steps.Count > 0) Arm(_steps.GetKeyAtIndex(0), now);
        }
        return (clients, actors);
    }

    private Due At(long step)
    {
        if (!_steps.TryGetValue(step, out var due)) _steps[step] = due = new Due();
        return due;
    }

    private void Arm(long step, DateTimeOffset now)
    {
        if (step >= _armed || _arm is null) return;
        _armed = step;
        _arm(TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, step * Step.Ticks - now.UtcTicks)));
    }

    /// <summary>Rounded up: at the step it is surely due.</summary>
    private static long StepOf(DateTimeOffset due) => (due.UtcTicks + Step.Ticks - 1) / Step.Ticks;

    private sealed class Due
    {
        public List<ulong> Clients { get; } = [];
        public List<IActorRef> Actors { get; } = [];
    }
}
