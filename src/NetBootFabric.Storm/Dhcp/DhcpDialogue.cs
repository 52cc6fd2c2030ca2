using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Network;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Dhcp;

/// <summary>One DHCP exchange: DISCOVER and REQUEST with their retries, up to the ACK, the NAK or giving up.</summary>
internal sealed class DhcpDialogue(Station station, DhcpManner manner) : Step
{
    /// <summary>How long iPXE waits for a proxyDHCP server.</summary>
    private static readonly TimeSpan ProxyWait = TimeSpan.FromSeconds(2);

    private readonly uint _xid = station.NextRandom();
    private TimeSpan _started;
    private int _try;
    private bool _requesting, _heardUnusable;
    private Lease? _offer;

    /// <summary>When the first usable OFFER came.</summary>
    public TimeSpan? OfferedAt { get; private set; }

    /// <summary>How often a DISCOVER or REQUEST was sent again.</summary>
    public int Retries { get; private set; }

    /// <summary>Set when done.</summary>
    public Lease? Lease { get; private set; }

    public override void Start(TimeSpan now)
    {
        _started = now;
        SendDiscover(now);
    }

    public override void Expire(TimeSpan now)
    {
        if (!_requesting && _offer is not null && MayRequest(now, atTimeout: true))
            BeginRequest(now);
        else if (++_try >= manner.Gaps.Length)
            GiveUp();
        else
        {
            station.Counters.DhcpRetries++;
            Retries++;
            if (_requesting) SendRequest(now);
            else SendDiscover(now);
        }
    }

    public override void OnDhcp(scoped in DhcpPacket reply, TimeSpan now)
    {
        if (reply.Op != DhcpOp.Reply || reply.Xid != _xid || reply.Chaddr != station.Mac) return;
        station.Counters.DhcpAnswers++;
        switch (reply.MessageType)
        {
            case DhcpMessageType.Offer when !_requesting:
                TakeOffer(reply, now);
                break;
            case DhcpMessageType.Ack when _requesting:
                TakeAck(reply);
                break;
            case DhcpMessageType.Nak when _requesting:
                Fail(FailureStep.DhcpNak, reply.TryGet(DhcpOptions.Message, out var why) ? System.Text.Encoding.UTF8.GetString(why) : "without a reason");
                break;
        }
    }

    private void TakeOffer(scoped in DhcpPacket reply, TimeSpan now)
    {
        station.Counters.DhcpOffers++;
        if (_offer is null && IsUsable(reply))
        {
            _offer = Lease.Read(reply);
            OfferedAt = now;
        }
        if (_offer is not null && MayRequest(now, atTimeout: false)) BeginRequest(now);
    }

    private bool IsUsable(scoped in DhcpPacket reply)
    {
        var usable = !reply.Yiaddr.IsAny && (!manner.NeedsBootFile || Lease.HasBootFile(reply)) && HasAnswerClass(reply);
        if (usable) return true;
        _heardUnusable = true;
        station.Counters.DhcpUnusableOffers++;
        return false;
    }

    private bool HasAnswerClass(scoped in DhcpPacket reply) =>
        manner.AnswerClass is not { } wanted
        || (reply.TryGet(DhcpOptions.VendorClass, out var vendor) && vendor.Length >= wanted.Length && System.Text.Ascii.Equals(vendor[..wanted.Length], wanted));

    private bool MayRequest(TimeSpan now, bool atTimeout) => manner.Policy switch
    {
        OfferPolicy.AtOnce => true,
        OfferPolicy.AtTimeout => atTimeout,
        _ => (manner.HeedsNoProxy && _offer!.NoProxy) || now - _started > ProxyWait,
    };

    private void TakeAck(scoped in DhcpPacket reply)
    {
        var lease = Lease.Read(reply);
        // A server may leave out of its ACK what its OFFER said already.
        Lease = lease.BootFile.Length > 0 ? lease : lease with { BootFile = _offer!.BootFile, BootServer = _offer.BootServer };
        station.Counters.DhcpExchanges++;
        if (manner.IsIpxe && Lease.BootFile.Length == 0) Fail(FailureStep.DhcpOfferWithoutBootFile, "iPXE was told nothing to boot");
        else Done();
    }

    private void BeginRequest(TimeSpan now)
    {
        (_requesting, _try) = (true, 0);
        SendRequest(now);
    }

    private void SendDiscover(TimeSpan now)
    {
        station.Counters.DhcpDiscovers++;
        Send(DhcpMessage.Discover(station.Payload, manner, station.Mac, _xid, manner.Secs[_try]), now);
    }

    private void SendRequest(TimeSpan now)
    {
        station.Counters.DhcpRequests++;
        Send(DhcpMessage.Request(station.Payload, manner, station.Mac, _xid, manner.Secs[_try], _offer!), now);
    }

    private void Send(int length, TimeSpan now)
    {
        station.Broadcast(DhcpPacket.ClientPort, DhcpPacket.ServerPort, length);
        Deadline = now + manner.Gaps[_try];
    }

    private void GiveUp()
    {
        if (_requesting) Fail(FailureStep.DhcpNoAck, $"{_try} REQUESTs to {_offer!.Server} unanswered");
        else if (_heardUnusable) Fail(FailureStep.DhcpOfferWithoutBootFile, "no offer said what to boot");
        else Fail(FailureStep.DhcpNoOffer, $"{_try} DISCOVERs unanswered");
    }
}
