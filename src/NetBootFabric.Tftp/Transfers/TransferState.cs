namespace NetBootFabric.Tftp.Transfers;

/// <summary>
/// All that a head node needs to go on with a transfer that another one began: the client's next ACK tells the rest.
/// </summary>
/// <param name="Path">As the client asked for it.</param>
/// <param name="Length">Of the file, in octets.</param>
/// <param name="Acknowledged">The last block known to have arrived, counted from 1 without roll-over; 0: none.</param>
public readonly record struct TransferState(string Path, TransferTerms Terms, long Length, long Acknowledged = 0)
{
    /// <summary>The block that ends the transfer: shorter than the block size, empty when the length is a multiple of it.</summary>
    public long LastBlock => Length / Terms.BlockSize + 1;

    /// <summary>
    /// This transfer at the moment when the client sent <paramref name="block"/>: the block with this number on the wire that is nearest
    /// to <see cref="Acknowledged"/>. A little before it is an ACK that came late; to go on there repeats what the client passes over,
    /// while a roll-over too far would give it the wrong bytes. Null when there is none, so that the ACK is of another transfer.
    /// </summary>
    public TransferState? At(ushort block)
    {
        var acknowledged = Acknowledged + (short)(block - (ushort)Acknowledged);
        return acknowledged >= 0 && acknowledged <= LastBlock ? this with { Acknowledged = acknowledged } : null;
    }
}
