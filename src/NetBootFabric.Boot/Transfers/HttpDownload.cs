using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Transfers;

/// <summary>The two ends of a connection on which an HTTP request is being answered.</summary>
/// <param name="Server">Our address, as the client knows it.</param>
public readonly record struct HttpDownload(Ipv4Address Server, ushort ServerPort, Ipv4Address Client, ushort ClientPort);
