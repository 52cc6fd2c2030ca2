using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;

namespace NetBootFabric.Arp;

/// <summary>What an ARP packet means for the fabric.</summary>
internal readonly record struct ArpFinding(ArpSighting Sighting, MacAddress Sender, Ipv4Address Address, int Times);

/// <summary>Why a packet led to no report.</summary>
internal enum ArpSilence
{
    None,

    /// <summary>It says nothing about clients or addresses of ours.</summary>
    NotOurs,

    /// <summary>Sent by this machine.</summary>
    Own,

    /// <summary>The same was reported a moment ago.</summary>
    Repeated,

    /// <summary>The sender answers for many addresses: proxy ARP (RFC 1027), not a machine that took one.</summary>
    ProxyArp,

    /// <summary>No machine has such a sender address.</summary>
    BadSender,
}

/// <summary>Decides what an ARP packet means. No I/O, no clock; a fixed amount of memory.</summary>
internal sealed class ArpSightings(HostAddresses host, IAddressClaims claims, ulong seed)
{
    // 56 octets a client and 160 a disputant: 1.1 MB an interface.
    private const int Clients = 16_384, Disputants = 1024;

    // A client asks once a second or less while it waits; more often is noise that must not cost an actor's time.
    private static readonly TimeSpan AskedSpacing = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnnouncedSpacing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DisputeSpacing = TimeSpan.FromSeconds(30);

    // Longer than a boot, and longer than a probed address stays fresh, so that proxy ARP is not new at every round of probes.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly SenderTable<ClientMemory> _clients = new(Clients, Memory, seed);
    private readonly SenderTable<DisputeMemory> _disputants = new(Disputants, Memory, seed);

    /// <summary>True with what to report; false with why not.</summary>
    public bool TrySee(in ArpPacket packet, DateTimeOffset now, out ArpFinding finding, out ArpSilence silence)
    {
        finding = default;
        silence = Refuse(packet);
        if (silence != ArpSilence.None) return false;
        var claim = packet.SenderAddress.IsAny ? AddressClaim.Foreign : claims.Of(packet.SenderMac, packet.SenderAddress, now);
        silence = IsDispute(claim, packet) ? Dispute(packet, now.UtcTicks, ref finding)
            : IsQuestion(packet) && host.IsOurs(packet.TargetAddress) ? Ask(packet, now.UtcTicks, ref finding)
            : claim == AddressClaim.Rightful ? Announce(packet, now.UtcTicks, ref finding)
            : ArpSilence.NotOurs;
        return silence == ArpSilence.None;
    }

    private ArpSilence Refuse(in ArpPacket packet)
    {
        if (packet.SenderMac.IsMulticast || packet.SenderMac.Value == 0) return ArpSilence.BadSender;
        return host.IsOurs(packet.SenderMac) ? ArpSilence.Own : ArpSilence.None;
    }

    private static bool IsQuestion(in ArpPacket packet) => packet is { Operation: ArpOperation.Request, IsProbe: false };

    private static bool IsDispute(AddressClaim claim, in ArpPacket packet) => claim switch
    {
        AddressClaim.Ours or AddressClaim.SomebodyElses or AddressClaim.Vacant => true,
        // Its own last address, which it will be offered again; but when it answers our probe, the address is about to be given to another.
        AddressClaim.Expired => packet.Operation == ArpOperation.Reply && packet.TargetAddress.IsAny,
        _ => false,
    };

    private ArpSilence Dispute(in ArpPacket packet, long now, ref ArpFinding finding)
    {
        ref var disputant = ref _disputants.Hear(packet.SenderMac, now);
        disputant.Packets++;
        var place = disputant.Place(packet.SenderAddress);
        if (place < 0) return ArpSilence.ProxyArp;
        ref var disputed = ref disputant.Disputed[place];
        if (IsRecent(disputed.ReportedAt, now, DisputeSpacing)) return ArpSilence.Repeated;
        disputed.ReportedAt = now;
        finding = new ArpFinding(ArpSighting.Conflict, packet.SenderMac, packet.SenderAddress, disputant.Packets);
        return ArpSilence.None;
    }

    private ArpSilence Ask(in ArpPacket packet, long now, ref ArpFinding finding)
    {
        ref var client = ref _clients.Hear(packet.SenderMac, now);
        client.Asked++;
        if (IsRecent(client.AskedReportedAt, now, AskedSpacing)) return ArpSilence.Repeated;
        client.AskedReportedAt = now;
        finding = new ArpFinding(ArpSighting.ServerAsked, packet.SenderMac, packet.TargetAddress, client.Asked);
        return ArpSilence.None;
    }

    private ArpSilence Announce(in ArpPacket packet, long now, ref ArpFinding finding)
    {
        ref var client = ref _clients.Hear(packet.SenderMac, now);
        var known = client.AnnouncedAddress == packet.SenderAddress;
        if (known && IsRecent(client.AnnouncedReportedAt, now, AnnouncedSpacing)) return ArpSilence.Repeated;
        (client.AnnouncedAddress, client.AnnouncedReportedAt) = (packet.SenderAddress, now);
        var answered = packet.Operation == ArpOperation.Reply && host.IsOurs(packet.TargetMac) && !packet.IsAnnouncement;
        finding = new ArpFinding(answered ? ArpSighting.ClientAnswered : ArpSighting.ClientAnnounced, packet.SenderMac, packet.SenderAddress, 1);
        return ArpSilence.None;
    }

    /// <summary>A clock that was set back makes nothing recent.</summary>
    private static bool IsRecent(long reportedAt, long now, TimeSpan spacing) => reportedAt != 0 && now >= reportedAt && now - reportedAt < spacing.Ticks;
}
