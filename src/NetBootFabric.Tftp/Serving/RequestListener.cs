using System.Text;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>Hears requests on the well-known port and hands each to the port that serves the client's endpoint, so that a repeated request meets its first.</summary>
internal sealed class RequestListener : IDisposable
{
    private readonly DatagramSocket _socket;
    private readonly TransferPort[] _ports;
    private readonly TransferReports _reports;
    private readonly Thread _thread;
    private readonly bool[] _posted;
    private readonly TransferFlight _flight;
    private readonly BlockLimit _blocks;
    private readonly WireAlarms? _alarms;

    public RequestListener(DatagramSocket socket, TransferPort[] ports, TransferReports reports, IFlightRecorder recorder,
        BlockLimit blocks, WireAlarms? alarms)
    {
        (_blocks, _alarms) = (blocks, alarms);
        _flight = new TransferFlight(recorder, socket.LocalPort);
        (_socket, _ports, _reports, _posted) = (socket, ports, reports, new bool[ports.Length]);
        _thread = new Thread(Run) { IsBackground = true, Name = "tftp requests" };
        _thread.Start();
    }

    public ushort Port => _socket.LocalPort;

    /// <summary>Whether it hears what comes in.</summary>
    public bool IsRunning => _thread.IsAlive;

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Run()
    {
        var batch = new DatagramBatch(capacity: 32, datagramSize: 1024); // RFC 2347: requests have at most 512 octets
        while (!_socket.IsClosed)
        {
            var received = _socket.Receive(batch);
            for (var i = 0; i < received; i++) TryHear(batch[i]);
            WakePosted();
        }
    }

    /// <summary>Whatever one packet does to us, the next ones are heard.</summary>
    private void TryHear(in Datagram datagram)
    {
        try
        {
            Hear(datagram);
        }
        catch (Exception exception)
        {
            _reports.Metrics.Fault(exception);
        }
    }

    private void Hear(in Datagram datagram)
    {
        if (datagram.Source.Port == 0 || datagram.Destination != datagram.Local.Address)
        {
            _reports.Metrics.Ignore("broadcast"); // RFC 1123 §4.2.3.4
            Tell(datagram);
            return;
        }
        if (!TftpPacket.TryParse(datagram.Payload, out var packet, out var refusal))
        {
            _reports.Metrics.Reject(refusal);
            if (refusal is not (TftpRefusal.TooShort or TftpRefusal.UnknownOpcode)) Answer(TftpErrorCode.IllegalOperation, "malformed request"u8, datagram);
            return;
        }
        switch (packet.Opcode)
        {
            case TftpOpcode.ReadRequest when packet.Mode != TftpMode.Mail:
                // netascii is served as octet: no loader asks for it, and people who forget the mode want the file as it is.
                var client = _flight.ClientAt(datagram.Source);
                _flight.Heard(client, datagram);
                Post(ReadRequest.From(datagram, packet, _blocks) with { Client = client });
                break;
            case TftpOpcode.Error:
                _reports.Metrics.Ignore("late"); // an ERROR is never answered
                break;
            case TftpOpcode.WriteRequest:
                Refuse("write request", TftpErrorCode.AccessViolation, "read only"u8, datagram);
                break;
            default:
                Refuse("opcode", TftpErrorCode.IllegalOperation, "not a read request"u8, datagram);
                break;
        }
    }

    /// <summary>
    /// A switch or phone that has no configuration waits for it for minutes: nobody may answer, so somebody must be told.
    /// </summary>
    private void Tell(in Datagram datagram)
    {
        if (!TftpPacket.TryParse(datagram.Payload, out var packet, out _) || packet.Opcode != TftpOpcode.ReadRequest) return;
        var (client, name) = (_flight.ClientAt(datagram.Source), Encoding.UTF8.GetString(packet.FileName));
        if (client != default) _flight.Note(client, $"no answer: '{name}' was asked for by broadcast (RFC 1123 §4.2.3.4)");
        var address = new Ipv4Address(datagram.Source.Address);
        var who = client == default ? $"{address}" : $"{address} ({client})";
        _alarms?.Raise($"tftp broadcast {address}", $"{who} asks every TFTP server for '{name}' by broadcast, which none may answer: "
            + "a switch or a phone without its configuration; tell it its server (DHCP's next-server, options 66 and 150), or configure it by hand");
    }

    private void Post(ReadRequest request)
    {
        var port = PortOf(request.Peer);
        if (_ports[port].TryPost(request)) _posted[port] = true;
        else
        {
            _reports.Metrics.Ignore("busy");
            _flight.Note(request.Client, "no answer: too many requests wait");
        }
    }

    /// <summary>The same at every head node: a client that repeats its request to another one meets the transfer that was taken over.</summary>
    private int PortOf(UdpEndpoint peer) => (int)(((peer.Address * 31 + peer.Port) * 0x9E37_79B1 >> 16) % (uint)_ports.Length);

    private void WakePosted()
    {
        for (var i = 0; i < _posted.Length; i++)
        {
            if (_posted[i]) _ports[i].Wake();
            _posted[i] = false;
        }
    }

    private void Refuse(string reason, TftpErrorCode code, ReadOnlySpan<byte> message, in Datagram datagram)
    {
        _reports.Metrics.Reject(reason);
        Answer(code, message, datagram);
    }

    private void Answer(TftpErrorCode code, ReadOnlySpan<byte> message, in Datagram datagram)
    {
        Span<byte> packet = stackalloc byte[64];
        if (!TftpWriter.TryWriteError(packet, code, message, out var length)) return;
        var client = _flight.ClientAt(datagram.Source);
        _flight.Heard(client, datagram);
        _flight.Sent(client, packet[..length], datagram.Source, datagram.Local);
        _ = _socket.SendTo(packet[..length], datagram.Source, datagram.Local);
    }
}
