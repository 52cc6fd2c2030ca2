using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Logging;

/// <summary>What a client is called, made a text when a line that names it is really written: in a storm few are.</summary>
/// <param name="Node">Null: no node entry names it.</param>
internal readonly record struct ClientName(NodeEntry? Node, MacAddress Client)
{
    public override string ToString() => TargetResolution.NameOf(Node, Client);
}
