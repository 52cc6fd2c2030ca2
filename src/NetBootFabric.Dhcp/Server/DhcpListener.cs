using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp;

/// <summary>One socket and the thread that blocks on it: receive, parse, drop what is not ours, hand on.</summary>
internal sealed class DhcpListener : IDhcpReplies, IDisposable
{
    /// <summary>An Ethernet frame's datagram, and more for relay agents that add to it; longer ones are no client's.</summary>
    private const int LongestMessage = 2048;

    private const int LargestBatch = 64;

    private readonly int _number;
    private readonly DatagramSocket _socket;
    private readonly ReplySender _sender;
    private readonly IBootDirectory _directory;
    private readonly Func<string, Ipv4Address>? _serve;
    private readonly IRoomSource? _rooms;

    /// <summary>The interface's addresses at the start.</summary>
    private readonly Ipv4Address[] _own;
    private readonly ListenerFlight _flight;
    private readonly ReplyOutbox _outbox;
    private readonly Thread _thread;
    private readonly DatagramBatch _batch = new(LargestBatch, LongestMessage);
    private readonly byte[] _scratch = new byte[LongestMessage];
    private readonly InquiryReader _reader = new();
    private Ingress? _lastIngress;
    private volatile bool _isStopping;

    public DhcpListener(int number, ushort port, DhcpServerOptions options, IBootDirectory directory, ReplySender sender)
    {
        _number = number;
        _directory = directory;
        _sender = sender;
        _serve = options.Serve;
        _rooms = options.Rooms;
        _own = [.. sender.Link.Addresses.Select(address => new Ipv4Address(address.Address))];
        _socket = DatagramSocket.Open(new DatagramSocketOptions
        {
            Port = port,
            Device = sender.Link.Name,
            Broadcast = true,
            ReceiveBufferBytes = options.ReceiveBufferBytes,
            SendBufferBytes = options.SendBufferBytes,
            Segmentation = false, // who listens to raw frames would hear several answers as one
        });
        _outbox = new ReplyOutbox(_socket, sender);
        _flight = new ListenerFlight(options.Recorder, _socket.LocalPort);
        _thread = new Thread(Receive) { IsBackground = true, Name = $"dhcp {sender.Link.Name}:{_socket.LocalPort}" };
    }

    public ushort Port => _socket.LocalPort;
    public long Drops => _socket.Drops;

    /// <summary>Whether it hears what comes in.</summary>
    public bool IsRunning => _thread.IsAlive;
    public int ReceiveBufferBytes => _socket.ReceiveBufferBytes;

    private DhcpCounters Counters => _sender.Counters;

    public void Start()
    {
        _directory.Attach(_number, this);
        _thread.Start();
    }

    public void StopReceiving()
    {
        _isStopping = true;
        _socket.Wake();
        if (_thread.IsAlive && _thread != Thread.CurrentThread) _thread.Join();
    }

    public void Dispose()
    {
        StopReceiving();
        _socket.Dispose();
        _sender.Dispose();
    }

    public void Queue(DhcpAnswer answer) => _outbox.Add(answer);

    public void Flush() => _outbox.Send();

    public void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason)
    {
        Counters.Dismiss(reason);
        _flight.Dismissed(inquiry.Client, reason);
    }

    private void Receive()
    {
        while (!_isStopping && !_socket.IsClosed)
        {
            var count = _socket.Receive(_batch);
            TryHandleAll(count);
        }
    }

    private void TryHandleAll(int count)
    {
        try
        {
            for (var i = 0; i < count; i++) TryHandle(_batch[i]);
        }
        catch (Exception exception)
        {
            Counters.Fault(exception);
        }
    }

    /// <summary>Whatever one packet does to us, the next ones are heard.</summary>
    private void TryHandle(in Datagram datagram)
    {
        try
        {
            Handle(datagram);
        }
        catch (Exception exception)
        {
            Counters.Fault(exception);
        }
    }

    private void Handle(in Datagram datagram)
    {
        if (datagram.IsTruncated)
        {
            Counters.Reject(InquiryRefusal.Truncated);
            return;
        }
        if (!DhcpPacket.TryParse(datagram.Payload, _scratch, out var packet, out var malformed))
        {
            Reject(datagram, (InquiryRefusal)malformed);
            return;
        }
        // Our own answers, another server's to a relay agent beside us, or somebody else's.
        if (packet.Op != DhcpOp.Request) Counters.Ignore();
        else if (IngressOf(datagram) is not { } ingress) Reject(datagram, InquiryRefusal.NoLocalAddress);
        else if (!_reader.TryRead(packet, ingress, out var inquiry, out var refusal, TimeProvider.System.GetTimestamp())) Reject(datagram, refusal);
        else if (ServerSearch.IsMarked(inquiry)) Counters.Ignore();
        else Submit(datagram, OnItsWire(inquiry));
    }

    private void Submit(in Datagram datagram, DhcpInquiry inquiry)
    {
        Counters.Inquire(inquiry.Type);
        _flight.Heard(inquiry.Client, datagram);
        _directory.Submit(inquiry);
    }

    private DhcpInquiry OnItsWire(DhcpInquiry inquiry)
    {
        if (_rooms is null || _own.Length < 2 || inquiry.IsRelayed || inquiry.Ingress.IsUnicast) return inquiry;
        var server = SharedWire.ServerFor(_rooms.Current, inquiry.Client, inquiry.Ingress.LocalAddress, _own);
        return server == inquiry.Ingress.LocalAddress ? inquiry : inquiry with { Ingress = inquiry.Ingress with { LocalAddress = server } };
    }

    private void Reject(in Datagram datagram, InquiryRefusal refusal)
    {
        Counters.Reject(refusal);
        _flight.Rejected(datagram, refusal);
    }

    /// <summary>Most packets come from 0.0.0.0 port 68: one value serves them all.</summary>
    private Ingress? IngressOf(in Datagram datagram)
    {
        var isUnicast = datagram.Destination == datagram.Local.Address;
        var local = isUnicast ? new Ipv4Address(datagram.Local.Address) : Serving(datagram);
        if (local.IsAny) return null;
        var source = new Ipv4Address(datagram.Source.Address);
        if (_lastIngress is { } last && last.Source == source && last.SourcePort == datagram.Source.Port && last.LocalAddress == local && last.IsUnicast == isUnicast) return last;
        return _lastIngress = new Ingress(_number, _sender.Link.Name, local, source, datagram.Source.Port, _socket.LocalPort) { IsUnicast = isUnicast };
    }

    private Ipv4Address Serving(in Datagram datagram)
    {
        var served = _serve?.Invoke(_sender.Link.Name) ?? Ipv4Address.Any;
        if (!served.IsAny) return served;
        var heardBy = new Ipv4Address(datagram.Local.Address);
        return heardBy.IsAny ? _sender.Address : heardBy;
    }
}
