using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>What was seen of every boot, in lines for people.</summary>
internal static class BootEvidence
{
    public static IEnumerable<string> Of(Case it)
    {
        yield return Course(it);
        if (it.Boot.Discovers + it.Boot.Exchanges > 0) yield return Dhcp(it.Boot);
        if (it.Boot.Remark.Length > 0) yield return it.Boot.Remark;
        if (it.Boot.Conflict.Length > 0) yield return it.Boot.Conflict;
        if (it.Facts.OtherAnswer is { } other) yield return Other(it, other);
        if (it.Boot.Retransmissions > 0) yield return $"{Spans.Count(it.Boot.Retransmissions, "packet")} sent again by TFTP";
        foreach (var download in it.Boot.Downloads.TakeLast(3)) yield return Describe(download);
        if (Earlier(it) is { } earlier) yield return earlier;
    }

    private static string Course(Case it)
    {
        var phase = it.HasFailed && it.Boot.Phases.Length > 1 ? $"failed after {it.Boot.Phases[^2].Phase}" : it.Boot.Phase.ToString();
        return $"boot {it.Boot.Number} began {Spans.Text(it.Age)} ago, last packet {Spans.Text(it.Silence)} ago, {phase}";
    }

    private static string Dhcp(BootRecord boot) =>
        $"{boot.Discovers} DISCOVER, {boot.Retries} of its packets sent again, {Spans.Count(boot.Exchanges, "DHCP exchange")}{(boot.OffersUnanswered > 0 ? $", {boot.OffersUnanswered} OFFER without a REQUEST" : "")}";

    private static string Other(Case it, Dhcp.OtherDhcpAnswer other) => other.Type == Wire.Dhcp.DhcpMessageType.Request
        ? $"it chose the DHCP server {other.Server} {Spans.Text(it.Now - other.At)} ago"
        : $"the DHCP server {other.Server} sent it {(other.Type == Wire.Dhcp.DhcpMessageType.Offer ? "an" : "a")} {other.Type.ToString().ToUpperInvariant()} {Spans.Text(it.Now - other.At)} ago, on {other.Interface}";

    private static string Describe(Download download)
    {
        var state = download.Stage switch { TransferStage.Started or TransferStage.Progress => "under way", TransferStage.Done => "whole", TransferStage.Aborted => "size asked for", _ => "failed" };
        var amount = download.Length is { } length && length != download.Bytes ? $"{Spans.Bytes(download.Bytes)} of {Spans.Bytes(length)}" : Spans.Bytes(download.Bytes);
        return $"{download.Path} by {download.Protocol.ToString().ToUpperInvariant()}: {amount}, {state}";
    }

    private static string? Earlier(Case it)
    {
        var failed = it.Facts.State.History.TakeWhile(boot => boot.Phase == BootPhase.Failed).ToList();
        if (failed.Count == 0) return null;
        var causes = failed.CountBy(boot => boot.Failure!.Cause).Select(each => $"{each.Key} {Spans.Times(each.Value)}");
        return $"{Spans.Count(failed.Count, "boot")} before this one failed too: {string.Join(", ", causes)}";
    }
}
