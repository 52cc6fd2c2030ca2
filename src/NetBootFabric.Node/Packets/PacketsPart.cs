using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Packets;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Node.Admin;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Packets;

/// <summary>A client's last packets: what every head node remembers of it, decoded and as a capture.</summary>
/// <param name="ownMac">Of the interface that has one of our addresses.</param>
internal sealed class PacketsPart(FlightRecorder recorder, FabricQueries fabric, OtherHeads others, string node, Func<Ipv4Address, MacAddress> ownMac) : IAdminPart, IHeadPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Client + "{who}" + PacketsRoutes.Packets, (string who, string? boot, CancellationToken cancellation) => AnswerAsync(who, boot, Decoded, cancellation)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Client + "{who}" + PacketsRoutes.Capture, (string who, string? boot, CancellationToken cancellation) => AnswerAsync(who, boot, Captured, cancellation)).Needs(Role.Read);
    }

    public ValueTask<HeadReply?> AnswerAsync(HeadRequest request)
    {
        var ours = request.After(AdminRoutes.Client) is { } rest && rest.EndsWith(PacketsRoutes.Remembered, StringComparison.Ordinal);
        if (!ours) return default;
        var who = request.After(AdminRoutes.Client)![..^PacketsRoutes.Remembered.Length];
        return new(MacAddress.TryParse(who, out var client) ? HeadReply.Found(Remembered(client), PacketsJson.Default.HeadPackets) : HeadReply.NotFound);
    }

    private async Task<IResult> AnswerAsync(string who, string? boot, Func<Asked, IResult> answer, CancellationToken cancellation)
    {
        if (boot is not (null or PacketsRoutes.Current or PacketsRoutes.Failed)) return AdminCalls.Error(StatusCodes.Status400BadRequest, $"boot is {PacketsRoutes.Current} or {PacketsRoutes.Failed}");
        if (await FindAsync(who, cancellation) is not { } found)
            return AdminCalls.Error(StatusCodes.Status404NotFound, $"no client '{who}' here: give the MAC address as 52:54:00:12:34:56 or the name of a node entry; pbm clients lists all");
        var elsewhere = await others.AskAsync(PacketsRoutes.Of(found.Mac.ToString(), PacketsRoutes.Remembered), PacketsJson.Default.HeadPackets);
        return answer(new Asked(found.Mac, found.Name, boot == PacketsRoutes.Failed, [Remembered(found.Mac), .. elsewhere]));
    }

    /// <summary>A machine that sent nothing usable is no client yet, but what it sent is what its operator wants to see.</summary>
    private async Task<(MacAddress Mac, string Name)?> FindAsync(string who, CancellationToken cancellation)
    {
        if (await fabric.ClientAsync(who, cancellation) is { } client && MacAddress.TryParse(client.Summary.Mac, out var mac)) return (mac, client.Summary.Name);
        return MacAddress.TryParse(who, out mac) ? (mac, mac.ToString()) : null;
    }

    private static IResult Decoded(Asked asked) => TypedResults.Json(
        new PacketsView
        {
            Mac = asked.Client.ToString(),
            Name = asked.Name,
            Boot = asked.Failed ? PacketsRoutes.Failed : PacketsRoutes.Current,
            FailedBoot = MergedPackets.FailedBoot(asked.Heads) is > 0 and var number ? number : null,
            Packets = [.. MergedPackets.Of(asked.Heads, asked.Failed).Select(each => PacketForms.View(each.Node, each.Packet))],
        },
        PacketsJson.Default.PacketsView);

    private static IResult Captured(Asked asked)
    {
        var capture = new FlightCapture();
        foreach (var (_, told) in MergedPackets.Of(asked.Heads, asked.Failed))
        {
            var entry = PacketForms.Entry(told);
            if (FlightFrame.Of(entry, asked.Client, MacAddress.TryParse(told.Mac, out var own) ? own : default) is { } frame) capture.Add(entry.At, frame);
        }
        return TypedResults.Bytes(capture.ToArray(), "application/vnd.tcpdump.pcap", $"{asked.Client.Format('-')}.pcap");
    }

    private HeadPackets Remembered(MacAddress client)
    {
        var log = recorder.Read(client);
        return new HeadPackets
        {
            Node = node,
            FailedBoot = log.FailedBoot,
            Current = [.. log.Current.Select(entry => PacketForms.Told(entry, ownMac))],
            Failed = [.. log.Failed.Select(entry => PacketForms.Told(entry, ownMac))],
        };
    }

    private sealed record Asked(MacAddress Client, string Name, bool Failed, IReadOnlyList<HeadPackets> Heads);
}
