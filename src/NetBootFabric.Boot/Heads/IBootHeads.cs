using System.Collections.Immutable;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Heads;

/// <summary>The head nodes that clients can load from now, as this one knows them. Thread-safe.</summary>
public interface IBootHeads
{
    ImmutableArray<BootHead> Live { get; }

    /// <summary>True for the service addresses of every head node of the fabric, also of one that is down: a client that names it speaks to the fabric.</summary>
    bool IsOurs(Ipv4Address server);

    /// <summary>
    /// Head nodes stand in for each other and serve TFTP. Then iPXE gets its script by TFTP: a request that nobody answers is sent again, to whoever has the address by then, while iPXE
    /// gives up the whole boot when a connection breaks before it has a script that could try again.
    /// </summary>
    bool ScriptByTftp { get; }

    /// <summary>One more client was sent to that address: counted until the head node's own figures show it.</summary>
    void Sent(Ipv4Address server);
}

/// <param name="Name">Name.</param>
/// <param name="Service">The service addresses that it holds now, those of a head node that is away too.</param>
/// <param name="Home">Those that are its own for good.</param>
/// <param name="Weight">Its share of the load.</param>
/// <param name="Load">Running transfers, and clients that were sent there and have not begun one.</param>
/// <param name="Drains">It is about to leave, or was not heard of late.</param>
public sealed record BootHead(string Name, ImmutableArray<Ipv4Address> Service, ImmutableArray<Ipv4Address> Home, int Weight, int Load, bool Drains);

/// <summary>A head node that is alone: the address that the client's packet came to is the only one.</summary>
public sealed class NoOtherHeads : IBootHeads
{
    public static NoOtherHeads Instance { get; } = new();

    private NoOtherHeads() { }

    public ImmutableArray<BootHead> Live => [];
    public bool ScriptByTftp => false;
    public bool IsOurs(Ipv4Address server) => false;
    public void Sent(Ipv4Address server) { }
}
