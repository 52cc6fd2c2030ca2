using System.Collections.Concurrent;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Serving;

/// <summary>One thread and one socket that serve many clients. Requests and opened files come in through queues; everything else is the thread's own.</summary>
internal sealed class TransferWorker : IDisposable
{
    /// <summary>Requests that wait for the worker: beyond, the client's own repetition comes later.</summary>
    private const int MaxRequests = 8192;

    /// <summary>Full batches before timers are looked at all the same: 8192 packets, more than a socket holds of a room's ACKs.</summary>
    private const int MostUnheard = 128;

    private readonly DatagramSocket _socket;
    private readonly ServerClock _clock;
    private readonly TransferDesk _desk;
    private readonly TftpMetrics _metrics;
    private readonly ConcurrentQueue<ReadRequest> _requests = new();
    private readonly ConcurrentQueue<Session> _opened = new(); // at most one a session
    private readonly ConcurrentQueue<Ipv4Address> _abandoned = new();
    private readonly Thread _thread;
    private volatile bool _stopping;
    private int _unheard; // full batches in a row

    public TransferWorker(DatagramSocket socket, IBootContent content, Uplink uplink, TransferReports reports, NumberSource numbers, ServerClock clock, ITransferLedger ledger, IFlightRecorder recorder)
    {
        (_socket, _clock, _metrics) = (socket, clock, reports.Metrics);
        _desk = new TransferDesk(new Outbox(socket, recorder), new ContentOpening(content, ledger.IsShared), Post, uplink, uplink.Governor.Join(socket.Wake), reports, numbers, new LedgerDesk(ledger, socket.LocalPort));
        _thread = new Thread(Run) { IsBackground = true, Name = $"tftp {socket.LocalPort}" };
        _thread.Start();
    }

    /// <summary>False: too much waits.</summary>
    public bool TryPost(ReadRequest request)
    {
        if (_requests.Count >= MaxRequests) return false;
        _requests.Enqueue(request);
        return true;
    }

    public ushort Port => _socket.LocalPort;

    /// <summary>The transfers of this address of ours end here without a word, soon.</summary>
    public void Abandon(Ipv4Address server)
    {
        _abandoned.Enqueue(server);
        _socket.Wake();
    }

    public void Wake() => _socket.Wake();

    public void Dispose()
    {
        _stopping = true;
        _socket.Wake();
        _thread.Join();
        _socket.Dispose();
    }

    private void Post(Session session)
    {
        _opened.Enqueue(session);
        _socket.Wake();
    }

    private void Run()
    {
        var batch = new DatagramBatch(capacity: 64, datagramSize: 1024); // clients send ACKs and ERRORs
        while (!_stopping)
        {
            var received = _socket.Receive(batch, _desk.Wait(_clock.Now));
            TryTurn(batch, received);
        }
        while (_opened.TryDequeue(out var session)) _desk.Opened(session, _clock.Now);
        _desk.Close(_clock.Now);
    }

    /// <summary>Whatever one packet or file does to us, the others' transfers go on.</summary>
    private void TryTurn(DatagramBatch batch, int received)
    {
        try
        {
            Turn(batch, received, _clock.Now);
        }
        catch (Exception exception)
        {
            _metrics.Fault(exception);
        }
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

    private void Turn(DatagramBatch batch, int received, TimeSpan now)
    {
        while (_abandoned.TryDequeue(out var server)) _desk.Abandon(server, now);
        for (var i = 0; i < received; i++) TryPacket(batch[i], now);
        while (_opened.TryDequeue(out var session)) _desk.Opened(session, now);
        while (_requests.TryDequeue(out var request)) _desk.Request(request, now);
        // After a wait for its processor a worker has many ACKs to hear before it may say that one is missing.
        if (received < batch.Capacity || ++_unheard > MostUnheard)
        {
            _desk.Expire(now);
            _unheard = 0;
        }
        _desk.Resume(now);
        _desk.Flush();
    }
}
