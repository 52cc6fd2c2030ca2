using NetBootFabric.Testing;

namespace NetBootFabric.Sockets.Tests;

/// <summary>The budget for a packet is zero octets, in and out, single and in batches.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 200;

    [Fact]
    public void Datagrams_are_received_sent_and_answered_without_allocating()
    {
        using var server = Loopback.Open();
        using var client = Loopback.Open();
        var (requests, answers, outgoing) = (new DatagramBatch(), new DatagramBatch(), new SendBatch());
        var (to, sum) = (server.Endpoint(), 0L);
        AssertAllocatesNothing(() =>
        {
            for (var i = 0; i < 16; i++) client.SendTo([1, 2, 3], to);
            while (requests.Count == 0 || server.Receive(requests, TimeSpan.Zero) > 0)
            {
                if (requests.Count == 0) server.Receive(requests, Loopback.Limit);
                for (var i = 0; i < requests.Count; i++) outgoing.TryAdd(requests[i].Payload, requests[i].Source, requests[i].Local);
                server.Send(outgoing);
                while (client.Receive(answers, TimeSpan.Zero) > 0) sum += answers[0].Payload.Length;
            }
        });
        Assert.Equal(0, requests.Count);
        Assert.True(sum > 0);
    }

    [Fact]
    public void Frames_and_neighbour_entries_cost_no_allocation()
    {
        using var wire = new Wired();
        using var table = wire.Server.Run(() => new NeighbourTable());
        using var sender = wire.Server.Run(() => PacketSocket.OpenArp(wire.ServerIndex));
        using var listener = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex, EtherType = 0x0806 }));
        var (batch, frame, octets) = (new FrameBatch(), new byte[60], 0L);
        frame.AsSpan(0, 6).Fill(0xFF);
        (frame[12], frame[13]) = (0x08, 0x06);
        AssertAllocatesNothing(() =>
        {
            table.Set(wire.ServerIndex, Wired.ClientAddress, Wired.ClientMac, NeighbourState.Reachable);
            sender.Send(frame);
            if (listener.Receive(batch, Loopback.Limit) > 0) octets += batch[0].Bytes.Length;
        });
        Assert.True(octets >= Rounds * 60);
    }

    private static void AssertAllocatesNothing(Action round) => AllocationBudget.Nothing(() =>
    {
        for (var i = 0; i < Rounds; i++) round();
    });
}
