using System.Net;
using System.Text.Json;

namespace NetBootFabric.Power.Redfish;

/// <summary>The ComputerSystem of a Redfish service (DSP0266, DSP8010 ComputerSystem): its PowerState, its Reset, its one-time boot override.</summary>
internal sealed class RedfishBmc : IBmc
{
    private readonly RedfishAddress _address;
    private readonly RedfishConnection _connection;
    private readonly RedfishSession _session;
    private readonly RedfishTask _tasks;
    private string? _path;

    public RedfishBmc(BmcTarget target, PowerSettings settings, TimeProvider time)
    {
        _address = RedfishAddress.Parse(target.Address);
        _connection = new RedfishConnection(_address.Service, target.Login, settings, time);
        _session = new RedfishSession(_connection, target.Login);
        _tasks = new RedfishTask(_connection, settings, time);
    }

    public async Task<PowerState> StateAsync(CancellationToken cancellation) => (await SystemAsync(cancellation)).Body.Text("PowerState") switch
    {
        "On" or "PoweringOff" => PowerState.On, // until it is off it is on
        "Off" or "PoweringOn" => PowerState.Off,
        _ => PowerState.Unknown,
    };

    public async Task BootFromNetworkAsync(CancellationToken cancellation)
    {
        const string Once = """{"Boot":{"BootSourceOverrideEnabled":"Once","BootSourceOverrideTarget":"Pxe"}}""";
        var reply = await PatchAsync(Once, cancellation);
        // Somebody else changed the system between our look and our change: look again.
        if (reply.Status == HttpStatusCode.PreconditionFailed) reply = await PatchAsync(Once, cancellation);
        await _tasks.FinishedAsync(_connection.Good(reply, _path!), cancellation);
    }

    private async Task<RedfishReply> PatchAsync(string change, CancellationToken cancellation)
    {
        var system = await SystemAsync(cancellation);
        var targets = system.Body.Member("Boot").Member("BootSourceOverrideTarget@Redfish.AllowableValues").Words();
        if (targets.Count > 0 && !targets.Contains("Pxe")) throw new BmcException($"{_connection.Host} can't have the next boot come from the network: it offers {string.Join(", ", targets)}; leave --pxe away, and set the firmware's boot order");
        return await _connection.SendAsync(HttpMethod.Patch, _path!, change, system.ETag ?? system.Body.Text("@odata.etag"), cancellation);
    }

    public async Task SwitchAsync(PowerAction action, bool soft, CancellationToken cancellation)
    {
        var reset = (await SystemAsync(cancellation)).Body.Member("Actions").Member("#ComputerSystem.Reset");
        if (reset.Text("target") is not { } target) throw new BmcException($"{_connection.Host} has no Reset for {_path}: it can't switch this machine");
        var kinds = await KindsAsync(reset, cancellation);
        if (ResetKind.Of(action, soft, kinds) is { } kind)
        {
            await ResetAsync(target, kind, cancellation);
            return;
        }
        // A service without any kind of cycle can do it in two steps.
        if (action != PowerAction.Cycle || ResetKind.Of(PowerAction.Off, false, kinds) is not { } off || ResetKind.Of(PowerAction.On, false, kinds) is not { } on)
            throw new BmcException($"{_connection.Host} can't do that: it offers {string.Join(", ", kinds)}{(soft ? "; leave --soft away" : "")}");
        await ResetAsync(target, off, cancellation);
        while (await StateAsync(cancellation) != PowerState.Off) await _tasks.PauseAsync(cancellation);
        await ResetAsync(target, on, cancellation);
    }

    private async Task ResetAsync(string target, string kind, CancellationToken cancellation)
    {
        var reply = await _connection.SendAsync(HttpMethod.Post, target, $$"""{"ResetType":"{{kind}}"}""", null, cancellation);
        await _tasks.FinishedAsync(_connection.Good(reply, target), cancellation);
    }

    /// <summary>What it lets Reset do, said beside the action or in an ActionInfo. Empty: it does not say.</summary>
    private async Task<IReadOnlyList<string>> KindsAsync(JsonElement reset, CancellationToken cancellation)
    {
        if (reset.Member("ResetType@Redfish.AllowableValues").Words() is { Count: > 0 } beside) return beside;
        if (reset.Text("@Redfish.ActionInfo") is not { } path) return [];
        var info = await _connection.GetAsync(path, cancellation);
        return info.Body.Member("Parameters").Items().FirstOrDefault(parameter => parameter.Text("Name") == "ResetType").Member("AllowableValues").Words();
    }

    private async Task<RedfishReply> SystemAsync(CancellationToken cancellation)
    {
        if (_path is null)
        {
            var root = (await _connection.GetAsync(_address.Service.AbsolutePath, cancellation)).Body;
            await _session.SignInAsync(root, cancellation);
            _path = _address.System ?? await OnlySystemAsync(root, cancellation);
        }
        return await _connection.GetAsync(_path, cancellation);
    }

    private async Task<string> OnlySystemAsync(JsonElement root, CancellationToken cancellation)
    {
        var collection = root.Link("Systems") ?? throw new BmcException($"{_connection.Host} is no Redfish service with systems");
        var members = (await _connection.GetAsync(collection, cancellation)).Body.Member("Members").Items().Select(member => member.Text("@odata.id")).OfType<string>().ToList();
        return members.Count == 1 ? members[0] : throw new BmcException(members.Count == 0
            ? $"{_connection.Host} manages no system"
            : $"{_connection.Host} manages {members.Count} systems; write which in bmc: {{ address }}: {string.Join(" or ", members.Take(3).Select(member => $"{_connection.Host}{member}"))}");
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _connection.Dispose();
    }
}
