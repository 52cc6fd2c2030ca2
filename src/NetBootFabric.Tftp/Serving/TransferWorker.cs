using NetBootFabric.Sockets;

namespace NetBootFabric.Tftp.Serving;

/// <summary>One thread that serves one port, or several in turn.</summary>
internal sealed class TransferWorker : IDisposable
{
    private readonly DatagramGroup _sockets;
    private readonly TransferPort[] _ports;
    private readonly ServerClock _clock;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public TransferWorker(DatagramGroup sockets, TransferPort[] ports, ServerClock clock)
    {
        (_sockets, _ports, _clock) = (sockets, ports, clock);
        _thread = new Thread(Run) { IsBackground = true, Name = $"tftp {ports[0].Number}" };
        _thread.Start();
    }

    /// <summary>Ends its transfers; returns when that is done.</summary>
    public void Dispose()
    {
        _stopping = true;
        _sockets.Wake();
        _thread.Join();
    }

    private void Run()
    {
        while (!_stopping)
        {
            var heard = false;
            foreach (var port in _ports) heard |= port.Turn(_clock);
            if (!heard) _sockets.Wait(NextTurn(_clock.Now));
        }
        foreach (var port in _ports) port.Close(_clock.Now);
    }

    private TimeSpan NextTurn(TimeSpan now)
    {
        var next = Timeout.InfiniteTimeSpan;
        foreach (var port in _ports)
        {
            if (port.Wait(now) is var wait && wait >= TimeSpan.Zero && (next < TimeSpan.Zero || wait < next)) next = wait;
        }
        return next;
    }
}
