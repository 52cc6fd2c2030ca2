using System.Globalization;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp;

/// <summary>From a client's packet to the facts that a decision needs. Not for two threads at a time.</summary>
public sealed class InquiryReader
{
    private readonly WireText _vendorClass = new();
    private readonly WireText _userClass = new();
    private readonly WireText _hostName = new();

    /// <summary>False: <paramref name="refusal"/> says why. Never throws.</summary>
    /// <param name="packet">A parsed message with op BOOTREQUEST.</param>
    /// <param name="heardAt">Goes into <see cref="DhcpInquiry.HeardAt"/>.</param>
    public bool TryRead(scoped in DhcpPacket packet, Ingress ingress, out DhcpInquiry inquiry, out InquiryRefusal refusal, long heardAt = 0)
    {
        inquiry = null!;
        refusal = Check(packet);
        if (refusal != InquiryRefusal.None) return false;
        inquiry = Read(packet, ingress, heardAt);
        return true;
    }

    private static InquiryRefusal Check(scoped in DhcpPacket packet)
    {
        if (packet.MessageType == DhcpMessageType.None) return InquiryRefusal.NoMessageType;
        if (packet.MessageType is not (DhcpMessageType.Discover or DhcpMessageType.Request or DhcpMessageType.Decline or DhcpMessageType.Release or DhcpMessageType.Inform))
            return InquiryRefusal.NotAClientsMessage;
        if (!packet.HasMacAddress || packet.Chaddr.Value == 0 || packet.Chaddr.IsMulticast) return InquiryRefusal.NoClientAddress;
        return IsHostOrNone(packet.Giaddr) ? InquiryRefusal.None : InquiryRefusal.BadAddress;
    }

    /// <summary>We send to these: not to loopback, multicast or broadcast.</summary>
    private static bool IsHostOrNone(Ipv4Address address) => address.IsAny || (address.Value >> 24 is not (0 or 127) && address.Value < 0xE000_0000);

    private DhcpInquiry Read(scoped in DhcpPacket packet, Ingress ingress, long heardAt)
    {
        packet.TryGetOctets(DhcpOptions.ClientIdentifier.Code, out var clientIdentifier);
        packet.TryGetOctets(DhcpOptions.MachineIdentifier.Code, out var uuid);
        packet.TryGetOctets(DhcpOptions.ParameterRequestList.Code, out var asked);
        packet.TryGetOctets(DhcpOptions.RelayAgentInformation.Code, out var relay);
        var copy = new byte[clientIdentifier.Length + uuid.Length + asked.Length + relay.Length];
        var rest = copy.AsMemory();
        // Without a relay agent the client itself would choose its subnet.
        EncapsulatedOptions relayOptions = default;
        if (!packet.Giaddr.IsAny) packet.TryGet(DhcpOptions.RelayAgentInformation, out relayOptions);
        var vendorClass = Text(packet, DhcpOptions.VendorClass, _vendorClass);
        return new DhcpInquiry
        {
            Type = packet.MessageType,
            Client = packet.Chaddr,
            TransactionId = packet.Xid,
            Seconds = packet.Secs,
            Hops = packet.Hops,
            BroadcastFlag = packet.WantsBroadcast,
            ClientAddress = IsHostOrNone(packet.Ciaddr) ? packet.Ciaddr : default,
            RelayAddress = packet.Giaddr,
            RequestedAddress = AddressIn(packet, DhcpOptions.RequestedAddress.Code, out var otherWanted),
            OtherRequestedAddress = otherWanted,
            ServerIdentifier = AddressIn(packet, DhcpOptions.ServerIdentifier.Code, out var otherServer),
            OtherServerIdentifier = otherServer,
            RequestedLeaseSeconds = packet.TryGet(DhcpOptions.LeaseTime, out var seconds) ? seconds : null,
            MaximumMessageSize = packet.TryGet(DhcpOptions.MaximumMessageSize, out var size) ? size : (ushort)0,
            Architecture = ArchitectureOf(packet, vendorClass),
            VendorClass = vendorClass,
            UserClass = UserClassOf(packet),
            HostName = Text(packet, DhcpOptions.HostName, _hostName),
            ClientIdentifier = Copy(clientIdentifier, ref rest),
            ClientUuid = Copy(uuid, ref rest),
            ParameterRequestList = Copy(asked, ref rest),
            RelayInformation = Copy(relay, ref rest),
            // Without a relay agent the client itself would choose its subnet.
            SubnetSelection = !packet.Giaddr.IsAny && packet.TryGet(DhcpOptions.SubnetSelection, out var subnet) ? subnet : default,
            RelayPort = relayOptions.TryGet(RelayAgentOptions.SourcePort, out _) ? ingress.SourcePort : DhcpPacket.ServerPort,
            LinkSelection = relayOptions.TryGet(RelayAgentOptions.LinkSelection, out var link) ? link : default,
            ServerIdentifierOverride = relayOptions.TryGet(RelayAgentOptions.ServerIdentifierOverride, out var alias) ? alias : default,
            RapidCommit = packet.Contains(DhcpOptions.RapidCommit.Code),
            HasIpxeOptions = packet.Contains(DhcpOptions.Ipxe.Code),
            HasBootItem = packet.TryGet(DhcpOptions.VendorSpecific, out var vendor) && vendor.TryGet(PxeOptions.BootItem, out _),
            Ingress = ingress,
            HeardAt = heardAt,
        };
    }

    /// <summary>0.0.0.0: there is none. An option that comes twice is one of twice the length (RFC 3396); a second address that differs is <paramref name="other"/>.</summary>
    private static Ipv4Address AddressIn(scoped in DhcpPacket packet, byte code, out Ipv4Address other)
    {
        other = default;
        if (!packet.TryGetOctets(code, out var octets) || octets.Length < Ipv4Address.Size || octets.Length % Ipv4Address.Size != 0) return default;
        var first = Ipv4Address.Read(octets);
        var last = Ipv4Address.Read(octets[^Ipv4Address.Size..]);
        if (last != first) other = last;
        if (!first.IsAny) return first;
        other = default;
        return last;
    }

    private static ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> octets, ref Memory<byte> rest)
    {
        var copy = rest[..octets.Length];
        octets.CopyTo(copy.Span);
        rest = rest[octets.Length..];
        return copy;
    }

    private static string Text(scoped in DhcpPacket packet, TextOption option, WireText text) =>
        packet.TryGetOctets(option.Code, out var octets) ? text.Read(octets) : "";

    /// <summary>The first one; <c>iPXE</c> wherever it stands, with or without a length octet.</summary>
    private string UserClassOf(scoped in DhcpPacket packet)
    {
        if (!packet.TryGet(DhcpOptions.UserClass, out var classes)) return "";
        if (classes.IsIpxe) return "iPXE";
        foreach (var name in classes) return _userClass.Read(name);
        return "";
    }

    /// <summary>Option 93, else the number in <c>PXEClient:Arch:00007:UNDI:003000</c> (RFC 4578 §2.4).</summary>
    private static ClientArchitecture ArchitectureOf(scoped in DhcpPacket packet, string vendorClass)
    {
        const string Mark = ":Arch:";
        const int Digits = 5;
        if (packet.TryGet(DhcpOptions.ClientArchitecture, out var architectures)) return architectures.First;
        var mark = vendorClass.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0 || vendorClass.Length < mark + Mark.Length + Digits) return ClientArchitecture.Unknown;
        var digits = vendorClass.AsSpan(mark + Mark.Length, Digits);
        return ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (ClientArchitecture)number : ClientArchitecture.Unknown;
    }
}
