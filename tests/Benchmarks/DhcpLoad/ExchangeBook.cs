using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks.DhcpLoad;

/// <summary>What the client does next.</summary>
internal enum Move
{
    None,
    Discover,
    Request,
    Over,
}

/// <summary>All exchanges of a run, in a closed loop. Pure: answers in, moves out, times since the run began.</summary>
internal sealed class ExchangeBook(LoadOptions options, uint firstXid)
{
    private readonly Exchange[] _exchanges = new Exchange[options.Clients];
    private readonly HashSet<uint> _addresses = new(options.Clients);
    private readonly List<int> _running = new(options.InFlight);
    private int _begun;

    public int Completed { get; private set; }
    public int Failed { get; private set; }
    public int Refused { get; private set; }
    public int Repeated { get; private set; }
    /// <summary>Addresses that two clients were given; a figure above 0 makes the server useless.</summary>
    public int Doubled { get; private set; }
    public List<double> Milliseconds { get; } = new(options.Clients);
    public bool IsOver => Completed + Failed == options.Clients;

    public uint XidOf(int client) => firstXid + (uint)client;
    public MacAddress MacOf(int client) => new(options.FirstMac.Value + (ulong)client);
    public Ipv4Address ServerOf(int client) => _exchanges[client].Server;
    public Ipv4Address AddressOf(int client) => _exchanges[client].Address;

    /// <summary>The next client that may begin: it sends its DISCOVER. False when enough are under way, or none is left.</summary>
    public bool TryBegin(TimeSpan now, out int client)
    {
        client = _begun;
        if (_begun == options.Clients || _running.Count == options.InFlight) return false;
        _exchanges[_begun++] = new Exchange { State = Move.Discover, Began = now, Deadline = now + options.Timeout };
        _running.Add(client);
        return true;
    }

    public Move Take(scoped in DhcpPacket answer, TimeSpan now, out int client)
    {
        var index = answer.Xid - firstXid;
        client = (int)index;
        if (index >= (uint)_begun || answer.Op != DhcpOp.Reply || answer.Chaddr != MacOf(client)) return Move.None;
        ref var exchange = ref _exchanges[client];
        switch (answer.MessageType)
        {
            case DhcpMessageType.Offer when exchange.State == Move.Discover && !answer.Yiaddr.IsAny:
                answer.TryGet(DhcpOptions.ServerIdentifier, out var server);
                exchange = exchange with { State = Move.Request, Address = answer.Yiaddr, Server = server, Tries = 0, Deadline = now + options.Timeout };
                return Move.Request;
            case DhcpMessageType.Ack when exchange.State == Move.Request && answer.Yiaddr == exchange.Address:
                Completed++;
                if (!_addresses.Add(answer.Yiaddr.Value)) Doubled++;
                Milliseconds.Add((now - exchange.Began).TotalMilliseconds);
                return End(client);
            case DhcpMessageType.Nak when exchange.State == Move.Request:
                Failed++;
                Refused++;
                return End(client);
            default:
                return Move.None;
        }
    }

    /// <summary>Calls <paramref name="repeat"/> with each client that has waited too long; who has done so too often is over.</summary>
    public void Expire(TimeSpan now, Action<int, Move> repeat)
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            var client = _running[i];
            ref var exchange = ref _exchanges[client];
            if (exchange.Deadline > now) continue;
            if (++exchange.Tries > options.Retries)
            {
                Failed++;
                End(client);
                continue;
            }
            Repeated++;
            exchange.Deadline = now + options.Timeout;
            repeat(client, exchange.State);
        }
    }

    private Move End(int client)
    {
        _exchanges[client].State = Move.Over;
        _running.Remove(client);
        return Move.Over;
    }

    private record struct Exchange
    {
        public Move State;
        public int Tries;
        public Ipv4Address Address, Server;
        public TimeSpan Began, Deadline;
    }
}
