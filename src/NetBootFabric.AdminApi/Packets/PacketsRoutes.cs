namespace NetBootFabric.AdminApi.Packets;

/// <summary>
/// A client's last packets. GET <c>/api/v1/clients/WHO/packets</c> gives a <see cref="PacketsView"/>, <c>/packets.pcap</c> a capture in the pcap format.
/// <c>?boot=current</c> (the default) or <c>failed</c>: of the boot going on, or of the last one that failed.
/// </summary>
public static class PacketsRoutes
{
    public const string Packets = "/packets";
    public const string Capture = "/packets.pcap";

    /// <summary>Asked by one head node of another: what it remembers itself, as <see cref="HeadPackets"/>.</summary>
    public const string Remembered = "/packets/remembered";

    public const string Current = "current";
    public const string Failed = "failed";

    /// <param name="boot">Null: <see cref="Current"/>.</param>
    public static string Of(string who, string route, string? boot = null) =>
        $"{AdminRoutes.Client}{Uri.EscapeDataString(who)}{route}{(boot is null ? "" : $"?boot={Uri.EscapeDataString(boot)}")}";
}
