namespace NetBootFabric.Boot.Transfers;

/// <summary>For a head node alone: nobody goes on with its transfers.</summary>
public sealed class NoTransferLedger : ITransferLedger
{
    public static readonly NoTransferLedger Instance = new();

    private NoTransferLedger() { }

    public bool IsShared => false;

    public void Opened(OpenTransfer transfer) { }

    public void Moved(in TransferKey key, long block) { }

    public void Closed(in TransferKey key) { }

    public OpenTransfer? Find(in TransferKey key) => null;
}
