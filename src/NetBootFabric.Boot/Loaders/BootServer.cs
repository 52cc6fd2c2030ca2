using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Loaders;

/// <summary>The head node that a client loads from: TFTP on port 69, HTTP on <paramref name="HttpPort"/>.</summary>
public readonly record struct BootServer(Ipv4Address Address, int HttpPort)
{
    public string Url(string path) => BootPaths.Url(Address, HttpPort, path);
}
