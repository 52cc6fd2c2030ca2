using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>
/// A head node and the one that gets its address when it dies: on loopback the second opens the same transfer port once the first has
/// closed it. Each has its own ledger, and hears of the other's changes.
/// </summary>
internal sealed class HeadNodePair : IDisposable
{
    private readonly TransferLedger _firstLedger = new("first", TimeProvider.System);
    private readonly ushort _port;
    private ServerUnderTest? _second;

    public HeadNodePair()
    {
        _firstLedger.Changed += Ledger.Apply;
        Ledger.Changed += _firstLedger.Apply;
        First = new ServerUnderTest(new TftpServerOptions { TransferPorts = 1 }, ledger: _firstLedger);
        _port = First.TransferPorts[0];
    }

    public ServerUnderTest First { get; }
    public ServerUnderTest Second => _second!;

    /// <summary>The second's.</summary>
    public TransferLedger Ledger { get; } = new("second", TimeProvider.System);

    /// <summary>Dies without a word to the clients.</summary>
    public void KillFirst()
    {
        _firstLedger.Changed -= Ledger.Apply;
        First.Dispose();
    }

    public void StartSecond(Action<MemoryContent> files)
    {
        // The clients do not wait: what they want is there before the server is.
        var content = new MemoryContent();
        files(content);
        // A thread of the first's may be about to let go of the socket; and a client of another test may pass by at this port.
        Assert.True(SpinWait.SpinUntil(() => TryStartSecond(content), TimeSpan.FromSeconds(30)), $"port {_port} stays taken");
    }

    private bool TryStartSecond(MemoryContent content)
    {
        try
        {
            _second = new ServerUnderTest(new TftpServerOptions { TransferPorts = 1, FirstTransferPort = _port }, ledger: Ledger, content: content);
            return true;
        }
        catch (SocketSetupException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        First.Dispose();
        _second?.Dispose();
    }
}
