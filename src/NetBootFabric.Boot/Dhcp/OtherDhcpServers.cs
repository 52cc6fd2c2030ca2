using System.Collections.Immutable;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>
/// Remembers the DHCP servers beside the fabric's that this head node heard of, and which clients they answered. Thread-safe and bounded: whoever was heard of
/// longest ago gives way, so that nobody's made-up servers fill the memory.
/// </summary>
/// <param name="isOurs">True for the addresses of the fabric's head nodes. Asked again when the list is read: a head node may be heard before it is known.</param>
public sealed class OtherDhcpServers(Func<Ipv4Address, bool> isOurs)
{
    private const int ServersKept = 32;
    private const int ClientsKept = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Ipv4Address, string), OtherDhcpServer> _servers = [];
    private readonly Dictionary<MacAddress, OtherDhcpAnswer> _answers = [];
    private readonly Queue<MacAddress> _answered = new();

    /// <summary>The one heard of last comes first.</summary>
    public ImmutableArray<OtherDhcpServer> All
    {
        get
        {
            lock (_gate) return [.. _servers.Values.Where(server => !isOurs(server.Address)).OrderByDescending(server => server.LastHeard)];
        }
    }

    /// <summary>What another server did last with this client; null: nothing was heard.</summary>
    public OtherDhcpAnswer? To(MacAddress client)
    {
        lock (_gate) return _answers.GetValueOrDefault(client) is { } answer && !isOurs(answer.Server) ? answer : null;
    }

    /// <summary>A server's answer was heard on the wire.</summary>
    public void Heard(MacAddress mac, MacAddress client, OtherDhcpAnswer answer)
    {
        if (answer.Server.IsAny || isOurs(answer.Server)) return;
        lock (_gate)
        {
            var known = ServerOf(answer, client);
            Keep(known with { Mac = mac, Answers = known.Answers + 1, LastHeard = answer.At, LastClient = client });
            Keep(client, answer);
        }
    }

    /// <summary>A client's REQUEST names a server that is not ours.</summary>
    public void Chosen(DhcpInquiry request, DateTimeOffset now)
    {
        if (request.ServerIdentifier.IsAny || isOurs(request.ServerIdentifier)) return;
        var answer = new OtherDhcpAnswer(request.ServerIdentifier, DhcpMessageType.Request, request.RequestedAddress, request.Ingress.Interface, now);
        lock (_gate)
        {
            var known = ServerOf(answer, request.Client);
            Keep(known with { Chosen = known.Chosen + 1, LastHeard = now, LastClient = request.Client });
            Keep(request.Client, answer);
        }
    }

    private OtherDhcpServer ServerOf(OtherDhcpAnswer answer, MacAddress client) =>
        _servers.GetValueOrDefault((answer.Server, answer.Interface)) ?? new OtherDhcpServer(answer.Server, answer.Interface, null, answer.At, answer.At, 0, 0, client);

    private void Keep(OtherDhcpServer server)
    {
        var key = (server.Address, server.Interface);
        if (_servers.Count >= ServersKept && !_servers.ContainsKey(key)) _servers.Remove(_servers.MinBy(each => each.Value.LastHeard).Key);
        _servers[key] = server;
    }

    private void Keep(MacAddress client, OtherDhcpAnswer answer)
    {
        if (!_answers.ContainsKey(client)) _answered.Enqueue(client);
        _answers[client] = answer;
        if (_answered.Count > ClientsKept) _answers.Remove(_answered.Dequeue());
    }
}
