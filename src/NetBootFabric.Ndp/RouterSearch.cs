using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Ndp;

/// <summary>Asks on one interface for IPv6 routers (RFC 4861 §6.3.7).</summary>
public static class RouterSearch
{
    /// <summary>Who answered within <paramref name="patience"/>, which is used up, with the seconds that it is a router for.</summary>
    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static IReadOnlyList<(MacAddress Router, ushort Lifetime)> Look(NetworkInterfaceInfo link, TimeSpan patience, TimeProvider time)
    {
        using var socket = PacketSocket.OpenRouterAdvertisements(link.Index);
        var mac = new MacAddress(link.Mac);
        var source = link.LinkLocal is { } address ? new Ipv6Address(address) : Ipv6Address.LinkLocal(mac);
        Span<byte> frame = stackalloc byte[RouterSolicitation.LargestFrame];
        if (new RouterSolicitation(source, mac).TryWriteFrame(frame, mac, out var length)) socket.Send(frame[..length]);
        var found = new List<(MacAddress, ushort)>();
        var batch = new FrameBatch(frameSize: 2048);
        var began = time.GetTimestamp();
        while (patience - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            socket.Receive(batch, left);
            for (var i = 0; i < batch.Count; i++)
                if (Read(batch[i]) is { } router && !found.Contains(router)) found.Add(router);
        }
        return found;
    }

    private static (MacAddress, ushort)? Read(Frame frame) =>
        frame.Kind != PacketKind.Outgoing && EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _) && RouterAdvertisement.TryParse(ethernet.Payload, out var advertisement, out _)
            ? (ethernet.Source, advertisement.Lifetime) : null;
}
