using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Network;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;

namespace NetBootFabric.Storm.Arp;

/// <summary>Asks who has the address that the client wants to send to.</summary>
internal sealed class ArpResolve(Station station, Ipv4Address hop) : Step
{
    // iPXE: an eighth of a second, doubled after each question; over three seconds it gives up. The SYN that wanted to know is sent again
    // a quarter, then 0.75, 1.75, 3.75 and 7.75 seconds after the first: the last of them asks anew. At 15.75 seconds TCP gives up.
    private static readonly TimeSpan[] Gaps = [.. new[] { 0.125, 0.25, 0.5, 1, 5.875, 0.125, 0.25, 0.5, 1, 6.125 }.Select(TimeSpan.FromSeconds)];

    private int _try;

    public override void Start(TimeSpan now) => Ask(now);

    public override void Expire(TimeSpan now)
    {
        if (++_try >= Gaps.Length)
        {
            Fail(FailureStep.ArpTimeout, $"nobody says that he has {hop}");
            return;
        }
        station.Counters.ArpRetries++;
        Ask(now);
    }

    public override void OnArp(in ArpPacket packet, TimeSpan now)
    {
        if (packet.Operation != ArpOperation.Reply || packet.SenderAddress != hop) return;
        station.Resolve(hop, packet.SenderMac);
        Done();
    }

    private void Ask(TimeSpan now)
    {
        station.Counters.ArpRequests++;
        station.Ask(hop);
        Deadline = now + Gaps[_try];
    }
}
