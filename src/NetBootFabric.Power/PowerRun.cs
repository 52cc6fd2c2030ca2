using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NetBootFabric.AdminApi.Power;

namespace NetBootFabric.Power;

/// <summary>One machine of many.</summary>
/// <param name="Target">Null: it can't be switched, and <paramref name="Refusal"/> says why.</param>
public sealed record PowerMachine(string Mac, string Name, BmcTarget? Target, string? Refusal);

/// <summary>Switches many machines: one after the other begins, so that a room's inrush current and its boots come one by one, and no more than some at any moment.</summary>
public sealed class PowerRun(PowerSwitch power, TimeProvider time)
{
    /// <param name="stagger">Between one machine's start and the next one's.</param>
    /// <param name="atOnce">So many at any moment.</param>
    /// <param name="cancellation">No further machine is begun; those that are being switched are waited for.</param>
    public async IAsyncEnumerable<PowerEvent> SwitchAsync(IReadOnlyList<PowerMachine> machines, PowerOrder order, TimeSpan stagger, int atOnce, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Two events a machine: bounded by the room.
        var events = Channel.CreateUnbounded<PowerEvent>(new UnboundedChannelOptions { SingleReader = true });
        var all = AllAsync(machines, order, stagger, atOnce, events.Writer, cancellation);
        await foreach (var one in events.Reader.ReadAllAsync(CancellationToken.None)) yield return one;
        await all;
    }

    private async Task AllAsync(IReadOnlyList<PowerMachine> machines, PowerOrder order, TimeSpan stagger, int atOnce, ChannelWriter<PowerEvent> events, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(atOnce);
        var running = new List<Task>();
        var last = time.GetTimestamp() - (long)(stagger.TotalSeconds * time.TimestampFrequency);
        try
        {
            foreach (var machine in machines)
            {
                if (machine.Target is not null)
                {
                    await places.WaitAsync(cancellation);
                    if (stagger - time.GetElapsedTime(last) is { Ticks: > 0 } early) await Task.Delay(early, time, cancellation);
                    last = time.GetTimestamp();
                }
                running.Add(OneAsync(machine, order, machines.Count, events, places, cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone: what was not begun stays as it is.
        }
        await Task.WhenAll(running);
        events.Complete();
    }

    private async Task OneAsync(PowerMachine machine, PowerOrder order, int of, ChannelWriter<PowerEvent> events, SemaphoreSlim places, CancellationToken cancellation)
    {
        if (machine.Target is not { } target)
        {
            events.TryWrite(new PowerEvent(machine.Mac, machine.Name, "failed", "unknown", machine.Refusal, of));
            return;
        }
        events.TryWrite(new PowerEvent(machine.Mac, machine.Name, "started", "unknown", null, of));
        try
        {
            var outcome = await Task.Run(() => power.DoAsync(target, order, cancellation), CancellationToken.None);
            events.TryWrite(new PowerEvent(machine.Mac, machine.Name, "done", PowerSwitch.Word(outcome.State), outcome.Text, of));
        }
        catch (OperationCanceledException)
        {
            events.TryWrite(new PowerEvent(machine.Mac, machine.Name, "failed", "unknown", "stopped before it was switched", of));
        }
        catch (Exception fault)
        {
            // Whatever one controller makes go wrong is said of that one, and the others go on.
            events.TryWrite(new PowerEvent(machine.Mac, machine.Name, "failed", "unknown", OneLine(fault.Message), of));
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>It is shown on terminals, and parts of it may be what a controller said.</summary>
    private static string OneLine(string text) => new([.. text.Take(600).Select(c => char.IsControl(c) ? ' ' : c)]);
}
