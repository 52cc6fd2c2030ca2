using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Transfers;

/// <summary>Names a running TFTP transfer among all head nodes: both its endpoints, as they stand in every packet of it.</summary>
public readonly record struct TransferKey(Ipv4Address Client, ushort ClientPort, Ipv4Address Server, ushort ServerPort);
