using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Storms;
using NetBootFabric.HttpBoot;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Tftp;

namespace NetBootFabric.Node.Wiring;

/// <summary>The servers that clients load files from, taken together.</summary>
internal sealed class FileServers(NodeOptions options, UplinkMeter uplink)
{
    /// <summary>Null: it is off, or not started.</summary>
    public TftpServer? Tftp { get; set; }

    /// <summary>Null: not started.</summary>
    public HttpBootServer? Http { get; set; }

    /// <summary>Running transfers.</summary>
    public int Active => (int)(Tftp?.Metrics.Active ?? 0) + (Http?.Active ?? 0);

    /// <summary>Requests for files that wait for room on the uplink.</summary>
    public int Held => (Tftp?.Held ?? 0) + (Http?.Held ?? 0);

    public bool UplinkIsFull => Tftp is { IsFull: true } || Http is { IsFull: true };

    /// <param name="waiting">Clients whose turn to load has not come.</param>
    public UplinkView Describe(int waiting) =>
        new(options.Node, uplink.Rate, uplink.Backlog, Active, Held, waiting, uplink.TimeLeft is { } left ? Math.Round(left.TotalSeconds, 1) : null);
}
