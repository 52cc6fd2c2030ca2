using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Power;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Logging;
using NetBootFabric.Power;

namespace NetBootFabric.Node.Power;

/// <summary>Switches machines and tells how it goes.</summary>
internal sealed class PowerPart(CatalogKeeper catalog, PowerKeys keys, PowerSettings settings, TimeProvider time, ILogger log) : IAdminPart
{
    private readonly PowerRun _run = new(new PowerSwitch(settings, time), time);

    /// <summary>Machines that are being switched: two at once would meet half-way.</summary>
    private readonly ConcurrentDictionary<string, byte> _switching = new();

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(PowerRoutes.Power, (Delegate)SwitchAsync).Needs(Role.Operate);

    private async Task<IResult> SwitchAsync(HttpContext context)
    {
        var order = PowerWishReader.Read(await CatalogAnswers.BodyAsync(context.Request, context.RequestAborted), out var wish, out var mistake);
        if (order is null) return AdminCalls.Error(StatusCodes.Status400BadRequest, mistake!);
        if (catalog.Select(wish!.Select, out var nodes) is { } refusal) return CatalogAnswers.Of(refusal);
        var events = Channel.CreateUnbounded<SseItem<string>>(new UnboundedChannelOptions { SingleReader = true }); // two events a machine
        _ = Task.Run(() => FollowAsync(order, wish, nodes, events.Writer, context.RequestAborted), CancellationToken.None);
        return TypedResults.ServerSentEvents(events.Reader.ReadAllAsync(context.RequestAborted));
    }

    /// <summary>Goes to its end also when nobody listens any more.</summary>
    private async Task FollowAsync(PowerOrder order, PowerWish wish, IReadOnlyList<NodeEntry> nodes, ChannelWriter<SseItem<string>> events, CancellationToken aborted)
    {
        var failed = new List<PowerEvent>();
        var taken = new List<string>();
        try
        {
            var machines = nodes.Select(node => Take(keys.Machine(node), order, taken)).ToList();
            var stagger = TimeSpan.FromMilliseconds(wish.StaggerMilliseconds ?? (order.Action == PowerAction.Status ? 0 : PowerWishReader.UsualStagger));
            await foreach (var one in _run.SwitchAsync(machines, order, stagger, wish.AtOnce ?? PowerWishReader.UsualAtOnce, aborted))
            {
                if (one.Stage == "failed") failed.Add(one);
                if (one.Stage != "started") Log(order, one);
                events.TryWrite(new SseItem<string>(JsonSerializer.Serialize(one, PowerJson.Default.PowerEvent), PowerRoutes.MachineEvent));
            }
            var end = new PowerEnd(wish.Action, nodes.Count - failed.Count, [.. failed.OrderBy(each => each.Name, StringComparer.Ordinal)]);
            events.TryWrite(new SseItem<string>(JsonSerializer.Serialize(end, PowerJson.Default.PowerEnd), PowerRoutes.EndEvent));
        }
        finally
        {
            foreach (var mac in taken) _switching.TryRemove(mac, out _);
            events.Complete();
        }
    }

    private PowerMachine Take(PowerMachine machine, PowerOrder order, List<string> taken)
    {
        if (machine.Target is null || order.Action == PowerAction.Status) return machine;
        if (!_switching.TryAdd(machine.Mac, 0)) return machine with { Target = null, Refusal = "is being switched already, by an earlier call; pbm power status shows how it is" };
        taken.Add(machine.Mac);
        return machine;
    }

    private void Log(PowerOrder order, PowerEvent one)
    {
        if (one.Stage == "failed") log.PowerFailed(one.Name, order.Action.ToString().ToLowerInvariant(), one.Text ?? "");
        else if (order.Action != PowerAction.Status) log.PowerSwitched(one.Name, one.Text ?? "");
    }
}
