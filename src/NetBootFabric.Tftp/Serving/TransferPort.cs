using System.Collections.Concurrent;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Serving;

/// <summary>
/// One socket that serves many clients. Requests and opened files come in through queues, from any thread; everything else is its worker's.
/// </summary>
internal sealed class TransferPort
{
    /// <summary>Requests that wait for the worker: beyond, the client's own repetition comes later.</summary>
    private const int MaxRequests = 8192;

    /// <summary>Full batches before timers are looked at all the same: 8192 packets, more than a socket holds of a room's ACKs.</summary>
    private const int MostUnheard = 128;

    private readonly DatagramSocket _socket;
    private readonly Action _wake;
    private readonly TransferDesk _desk;
    private readonly TftpMetrics _metrics;
    private readonly DatagramBatch _batch = new(capacity: 64, datagramSize: 1024); // clients send ACKs and ERRORs
    private readonly ConcurrentQueue<ReadRequest> _requests = new();
    private readonly ConcurrentQueue<Session> _opened = new(); // at most one a session
    private readonly ConcurrentQueue<Ipv4Address> _abandoned = new();
    private int _unheard; // full batches in a row

    /// <param name="wake">Ends its worker's wait.</param>
    public TransferPort(DatagramSocket socket, Action wake, IBootContent content, Uplink uplink, TransferReports reports, NumberSource numbers, ITransferLedger ledger, IFlightRecorder recorder)
    {
        (_socket, _wake, _metrics) = (socket, wake, reports.Metrics);
        _desk = new TransferDesk(new Outbox(socket, recorder), new ContentOpening(content, ledger.IsShared), Post, uplink, uplink.Governor.Join(wake), reports, numbers, new LedgerDesk(ledger, socket.LocalPort));
    }

    public ushort Number => _socket.LocalPort;

    /// <summary>False: too much waits. The worker hears of it by <see cref="Wake"/>.</summary>
    public bool TryPost(ReadRequest request)
    {
        if (_requests.Count >= MaxRequests) return false;
        _requests.Enqueue(request);
        return true;
    }

    /// <summary>The transfers of this address of ours end here without a word, soon.</summary>
    public void Abandon(Ipv4Address server)
    {
        _abandoned.Enqueue(server);
        _wake();
    }

    public void Wake() => _wake();

    /// <summary>Deals with what is there, without waiting for more. False: nothing was in the socket. Whatever one packet or file does to us, the others' transfers go on.</summary>
    public bool Turn(ServerClock clock)
    {
        var received = _socket.Receive(_batch, TimeSpan.Zero);
        try
        {
            Turn(received, clock.Now);
        }
        catch (Exception exception)
        {
            _metrics.Fault(exception);
        }
        return received > 0;
    }

    /// <summary>How long until the next turn is due, if nothing comes.</summary>
    public TimeSpan Wait(TimeSpan now) => _desk.Wait(now);

    public void Close(TimeSpan now)
    {
        while (_opened.TryDequeue(out var session)) _desk.Opened(session, now);
        _desk.Close(now);
    }

    private void Post(Session session)
    {
        _opened.Enqueue(session);
        _wake();
    }

    private void Turn(int received, TimeSpan now)
    {
        while (_abandoned.TryDequeue(out var server)) _desk.Abandon(server, now);
        for (var i = 0; i < received; i++) TryPacket(_batch[i], now);
        while (_opened.TryDequeue(out var session)) _desk.Opened(session, now);
        while (_requests.TryDequeue(out var request)) _desk.Request(request, now);
        // After a wait for its processor a worker has many ACKs to hear before it may say that one is missing.
        if (received < _batch.Capacity || ++_unheard > MostUnheard)
        {
            _desk.Expire(now);
            _unheard = 0;
        }
        _desk.Resume(now);
        _desk.Flush();
    }

    private void TryPacket(in Datagram datagram, TimeSpan now)
    {
        try
        {
            _desk.Packet(datagram, now);
        }
        catch (Exception exception)
        {
            _metrics.Fault(exception);
        }
    }
}
