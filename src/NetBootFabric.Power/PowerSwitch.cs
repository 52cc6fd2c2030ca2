using NetBootFabric.Power.Ipmi;
using NetBootFabric.Power.Redfish;

namespace NetBootFabric.Power;

/// <summary>Switches one machine and waits until it is so.</summary>
public sealed class PowerSwitch(PowerSettings settings, TimeProvider time)
{
    /// <summary>Done.</summary>
    /// <param name="State">As it was seen last.</param>
    /// <param name="Text">What was done, for people.</param>
    public sealed record Outcome(PowerState State, string Text);

    /// <exception cref="BmcException">It could not be done.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was switched.</exception>
    public async Task<Outcome> DoAsync(BmcTarget target, PowerOrder order, CancellationToken cancellation)
    {
        await using var bmc = Open(target);
        var before = await bmc.StateAsync(cancellation);
        if (order.Action == PowerAction.Status) return new Outcome(before, Word(before));
        if (order is { Pxe: true, Action: PowerAction.On or PowerAction.Cycle }) await bmc.BootFromNetworkAsync(cancellation);
        if (order.Action == PowerAction.On && before == PowerState.On) return new Outcome(before, "was on already");
        if (order.Action == PowerAction.Off && before == PowerState.Off) return new Outcome(before, "was off already");
        cancellation.ThrowIfCancellationRequested();
        // From here on it is gone through with: a machine that was switched off to be switched on again must not stay off since somebody pressed Ctrl-C.
        return await SwitchAsync(bmc, order, before);
    }

    private async Task<Outcome> SwitchAsync(IBmc bmc, PowerOrder order, PowerState before)
    {
        using var limit = new CancellationTokenSource((order.Soft ? settings.Shutdown : settings.Settle) * 2, time);
        try
        {
            return await SwitchAsync(bmc, order, before, limit);
        }
        catch (OperationCanceledException)
        {
            throw new BmcException("the BMC took too long over it; pbm power status shows how the machine is now");
        }
    }

    private async Task<Outcome> SwitchAsync(IBmc bmc, PowerOrder order, PowerState before, CancellationTokenSource limit)
    {
        if (order.Action == PowerAction.Cycle && before == PowerState.Off)
        {
            await bmc.SwitchAsync(PowerAction.On, soft: false, limit.Token);
            return new Outcome(await ReachedAsync(bmc, PowerState.On, settings.Settle), "was off, switched on");
        }
        if (order is { Action: PowerAction.Cycle, Soft: true })
        {
            await bmc.SwitchAsync(PowerAction.Off, soft: true, limit.Token);
            await ReachedAsync(bmc, PowerState.Off, settings.Shutdown);
            await bmc.SwitchAsync(PowerAction.On, soft: false, limit.Token);
            return new Outcome(await ReachedAsync(bmc, PowerState.On, settings.Settle), "shut down, switched on");
        }
        await bmc.SwitchAsync(order.Action, order.Soft, limit.Token);
        var wanted = order.Action == PowerAction.Off ? PowerState.Off : PowerState.On;
        var state = await ReachedAsync(bmc, wanted, order.Soft ? settings.Shutdown : settings.Settle);
        return new Outcome(state, order.Action switch { PowerAction.On => "switched on", PowerAction.Off => order.Soft ? "shut down" : "switched off", _ => "switched off and on" });
    }

    /// <summary>Looks until the machine is as it was asked to be; controllers say that they have understood long before.</summary>
    private async Task<PowerState> ReachedAsync(IBmc bmc, PowerState wanted, TimeSpan patience)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var state = await bmc.StateAsync(CancellationToken.None);
            if (state == wanted || state == PowerState.Unknown) return state; // it does not say: that is all there is to know
            if (time.GetElapsedTime(began) > patience)
                throw new BmcException($"the BMC took the order, and {patience.TotalSeconds:0} s later the machine is {Word(state)} still; look at the BMC's own log{(wanted == PowerState.Off ? ", or leave --soft away" : "")}");
            await Task.Delay(settings.Pause, time);
        }
    }

    private IBmc Open(BmcTarget target) => target.Protocol == BmcProtocol.Redfish ? new RedfishBmc(target, settings, time) : new IpmiBmc(target, settings);

    public static string Word(PowerState state) => state.ToString().ToLowerInvariant();
}
