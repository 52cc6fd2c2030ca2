using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Ndp;

/// <summary>Why a valid solicitation gets no answer.</summary>
internal enum NdpSilence
{
    None,

    /// <summary>Its sender is not in its firmware, or not ours: a running system waits for a real router, and shall.</summary>
    NotBooting,

    /// <summary>Sent by this machine.</summary>
    Own,

    /// <summary>The client was answered a moment ago.</summary>
    Repeated,

    /// <summary>From neither a link-local address nor ::, as no firmware asks.</summary>
    NotLinkLocal,
}

/// <summary>Decides which solicitations are answered. No I/O, no clock; a bounded amount of memory.</summary>
internal sealed class Solicitations(MacAddress own, IBootingClients clients)
{
    /// <summary>iPXE asks again after a quarter of a second at the earliest.</summary>
    internal static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(200);

    /// <summary>More than a room has clients in their firmware at once; each was found to be one before it is remembered.</summary>
    internal const int Remembered = 16_384;

    private readonly Dictionary<MacAddress, DateTimeOffset> _answered = [];

    internal int Count => _answered.Count;

    /// <summary>True when the answer is to go to <paramref name="destination"/>; it counts as sent then.</summary>
    public bool TryAnswer(MacAddress sender, in RouterSolicitation solicitation, DateTimeOffset now, out Ipv6Address destination, out NdpSilence silence)
    {
        // Who has no address yet hears what is said to all nodes (RFC 4861 §6.2.6).
        destination = solicitation.Source.IsAny ? Ipv6Address.AllNodes : solicitation.Source;
        silence = Refuse(sender, solicitation.Source, now);
        if (silence == NdpSilence.None && !TryRemember(sender, now)) silence = NdpSilence.Repeated;
        return silence == NdpSilence.None;
    }

    private NdpSilence Refuse(MacAddress sender, Ipv6Address source, DateTimeOffset now)
    {
        if (sender == own) return NdpSilence.Own;
        if (!clients.IsInFirmware(sender, now)) return NdpSilence.NotBooting;
        return source.IsAny || source.IsLinkLocal ? NdpSilence.None : NdpSilence.NotLinkLocal;
    }

    private bool TryRemember(MacAddress sender, DateTimeOffset now)
    {
        if (_answered.TryGetValue(sender, out var at) && IsRecent(at, now)) return false;
        if (_answered.Count >= Remembered && !Forget(now)) return false;
        _answered[sender] = now;
        return true;
    }

    private bool Forget(DateTimeOffset now)
    {
        foreach (var (client, at) in _answered)
            if (!IsRecent(at, now)) _answered.Remove(client);
        return _answered.Count < Remembered;
    }

    /// <summary>A clock that was set back makes nothing recent.</summary>
    private static bool IsRecent(DateTimeOffset at, DateTimeOffset now) => now >= at && now - at < Spacing;
}
