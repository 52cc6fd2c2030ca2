using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>How long a lease is given, and how long it is kept.</summary>
internal static class LeaseTerms
{
    /// <summary>A client may ask for less than the subnet's lease time, but not for a renewal every few seconds.</summary>
    private const uint ShortestAsked = 60;

    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>An address that a client found in use rests this long.</summary>
    public static readonly TimeSpan Quarantine = TimeSpan.FromMinutes(10);

    public static uint Seconds(TimeSpan time) => (uint)Math.Clamp(time.TotalSeconds, 1, uint.MaxValue - 1);

    /// <summary>Seconds for option 51: what the client asked for, if shorter than the subnet's.</summary>
    public static uint Granted(Subnet subnet, uint? asked)
    {
        var usual = Seconds(subnet.LeaseTime);
        return asked is { } seconds ? Math.Min(usual, Math.Max(seconds, ShortestAsked)) : usual;
    }

    /// <summary>
    /// The book keeps a lease longer than the client is told. Within this margin the same grant is answered again from memory, without a write:
    /// to retransmissions, to the next loader's exchange and to the system's own.
    /// </summary>
    public static TimeSpan Margin(uint granted) => TimeSpan.FromSeconds(Math.Min(granted / 4, LongestMargin.TotalSeconds));

    /// <summary>
    /// How much of the margin is not given away from memory: the store's clock says when an address is free for others, and a head node's clock may be
    /// wrong by seconds.
    /// </summary>
    public static TimeSpan ClockTolerance(uint granted) => TimeSpan.FromSeconds(Math.Min(LongestClockDifference.TotalSeconds, Margin(granted).TotalSeconds / 2));

    /// <summary>T1 = 0.5 (RFC 2131 §4.4.5).</summary>
    public static uint Renewal(uint granted) => granted / 2;

    /// <summary>T2 = 0.875 (RFC 2131 §4.4.5).</summary>
    public static uint Rebinding(uint granted) => granted - granted / 8;
}
