namespace NetBootFabric.Boot.Transfers;

/// <summary>
/// What every head node knows of the TFTP transfers that run, so that another one can go on with them. Called by the threads that serve:
/// calls never wait and never fail.
/// </summary>
public interface ITransferLedger
{
    /// <summary>A transfer began here, or is gone on with here.</summary>
    void Opened(OpenTransfer transfer);

    /// <summary>
    /// It came to <paramref name="block"/>: told about once a second, and whenever so many blocks arrived that the 16 bits of an ACK would
    /// soon fit two places.
    /// </summary>
    void Moved(in TransferKey key, long block);

    /// <summary>It ended, however it did.</summary>
    void Closed(in TransferKey key);

    /// <summary>Null: not known.</summary>
    OpenTransfer? Find(in TransferKey key);

    /// <summary>Another head node serves this one now.</summary>
    bool IsElsewhere(in TransferKey key) => false;

    /// <summary>False: nobody could go on with a transfer, and nothing needs to be told.</summary>
    bool IsShared => true;
}
