using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Loaders;

/// <summary>The head node that a client loads from: TFTP on port 69, HTTP on <paramref name="HttpPort"/>.</summary>
/// <param name="Address">Its address.</param>
/// <param name="HttpPort">Its port.</param>
/// <param name="ScriptByTftp">iPXE fetches its script by TFTP, which outlives a head node (<see cref="Heads.IBootHeads.ScriptByTftp"/>).</param>
public readonly record struct BootServer(Ipv4Address Address, int HttpPort, bool ScriptByTftp = false)
{
    public string Url(string path) => BootPaths.Url(Address, HttpPort, path);

    /// <summary>Of the script that iPXE is to run.</summary>
    public string ScriptUrl(string path) => ScriptByTftp ? $"tftp://{Address}/{path}" : Url(path);
}
