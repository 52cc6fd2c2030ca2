namespace NetBootFabric.Boot.Transfers;

/// <summary>One line of the ledger, as one head node tells it to the others. Order matters within one transfer only.</summary>
/// <param name="Node">The head node whose transfer it is: what another one went on with, its former node changes no more.</param>
public abstract record TransferChange(TransferKey Key, string Node);

public sealed record TransferOpened(OpenTransfer Transfer) : TransferChange(Transfer.Key, Transfer.Node);

/// <param name="Block">The last one that arrived, counted from 1 without roll-over.</param>
public sealed record TransferMoved(TransferKey Key, string Node, long Block) : TransferChange(Key, Node);

public sealed record TransferClosed(TransferKey Key, string Node) : TransferChange(Key, Node);
