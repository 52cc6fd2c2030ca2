using System.CommandLine;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi.Power;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

/// <summary>Switches machines by their management controllers.</summary>
internal static class PowerCommand
{
    public static Command Build(CommonOptions common) => new("power", "Switches machines on and off by Redfish or IPMI")
    {
        Action(common, "on", "Switches machines on", soft: false, pxe: true),
        Action(common, "off", "Switches machines off", soft: true, pxe: false),
        Action(common, "cycle", "Switches machines off and on again; those that are off, on", soft: true, pxe: true),
        Action(common, "status", "Which machines are on", soft: false, pxe: false),
    };

    private static Command Action(CommonOptions common, string name, string description, bool soft, bool pxe)
    {
        var who = new Argument<string>("machines") { Description = "Names, MAC addresses, n[001-128], @group, rack=r12, all; with commas between" };
        var isSoft = new Option<bool>("--soft") { Description = "Asks the system to shut down, and does not take the power away" };
        var isPxe = new Option<bool>("--pxe") { Description = "The next boot is from the network, whatever the firmware's order says" };
        var stagger = new Option<string?>("--stagger") { Description = "Between one machine's start and the next one's, as 200ms or 2s. Default: 200ms" };
        var atOnce = new Option<int?>("--at-once") { Description = "So many are being switched at any moment. Default: 32" };
        var command = new Command(name, description) { who, stagger, atOnce };
        if (soft) command.Add(isSoft);
        if (pxe) command.Add(isPxe);
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) => RunAsync(client, json, new PowerWish
        {
            Action = name,
            Select = parsed.GetValue(who)!,
            Soft = soft && parsed.GetValue(isSoft),
            Pxe = pxe && parsed.GetValue(isPxe),
            StaggerMilliseconds = Milliseconds(parsed.GetValue(stagger)),
            AtOnce = parsed.GetValue(atOnce),
        }, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(AdminClient client, bool json, PowerWish wish, CancellationToken cancellation)
    {
        using var response = await client.RespondAsync(HttpMethod.Post, PowerRoutes.Power, AdminClient.Json(wish, PowerJson.Default.PowerWish), cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(body, (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync(cancellation))
        {
            if (json) Console.Out.WriteLine(item.Data);
            if (item.EventType == PowerRoutes.EndEvent) return End(JsonSerializer.Deserialize(item.Data, PowerJson.Default.PowerEnd)!, json);
            if (!json && JsonSerializer.Deserialize(item.Data, PowerJson.Default.PowerEvent) is { } one && PowerLine.Render(one) is { } line) Console.Out.WriteLine(line);
        }
        throw new AdminException("the head node stopped before it was done; pbm power status shows how the machines are", AdminException.Unreachable);
    }

    private static int End(PowerEnd end, bool json)
    {
        if (!json) Console.Out.WriteLine(PowerLine.Render(end));
        return end.Failed.Count == 0 ? 0 : AdminException.Refused;
    }

    private static int? Milliseconds(string? text)
    {
        if (text is null) return null;
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && text[digits..] is "ms" or "s" && number < 1e6)
            return (int)(text.EndsWith("ms", StringComparison.Ordinal) ? number : number * 1000);
        throw new AdminException($"'{text}' is no time between machines; write one like 200ms or 2s", AdminException.Refused);
    }
}
