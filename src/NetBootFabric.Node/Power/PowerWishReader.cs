using System.Text.Json;
using NetBootFabric.AdminApi.Power;
using NetBootFabric.Power;

namespace NetBootFabric.Node.Power;

/// <summary>Whether a wish can be one. Pure.</summary>
internal static class PowerWishReader
{
    /// <summary>Milliseconds. A hundred machines in twenty seconds: their inrush currents don't meet, and neither do their boots.</summary>
    public const int UsualStagger = 200;
    public const int UsualAtOnce = 32;
    private const int LongestStagger = 600_000;
    private const int MostAtOnce = 1000;

    /// <returns>Null: it can't be done, and <paramref name="mistake"/> says why.</returns>
    public static PowerOrder? Read(byte[] body, out PowerWish? wish, out string? mistake)
    {
        wish = null;
        try
        {
            wish = JsonSerializer.Deserialize(body, PowerJson.Default.PowerWish);
        }
        catch (JsonException)
        {
            // Said below.
        }
        mistake = wish is null ? "send JSON like {\"action\":\"on\",\"select\":\"n[001-128]\"}" : Mistake(wish);
        return mistake is null ? new PowerOrder(ActionOf(wish!.Action)!.Value, wish.Soft, wish.Pxe) : null;
    }

    private static string? Mistake(PowerWish wish)
    {
        if (ActionOf(wish.Action) is not { } action) return "'action' is on, off, cycle or status";
        if (string.IsNullOrWhiteSpace(wish.Select)) return "'select' names no machines; write names, n[001-128], @group, rack=r12 or all";
        if (wish.Soft && action is not (PowerAction.Off or PowerAction.Cycle)) return "'soft' goes with off and cycle only";
        if (wish.Pxe && action is not (PowerAction.On or PowerAction.Cycle)) return "'pxe' goes with on and cycle only";
        if (wish.StaggerMilliseconds is < 0 or > LongestStagger) return $"'staggerMilliseconds' is from 0 to {LongestStagger}";
        return wish.AtOnce is < 1 or > MostAtOnce ? $"'atOnce' is from 1 to {MostAtOnce}" : null;
    }

    private static PowerAction? ActionOf(string? word) => word switch
    {
        "on" => PowerAction.On,
        "off" => PowerAction.Off,
        "cycle" => PowerAction.Cycle,
        "status" => PowerAction.Status,
        _ => null,
    };
}
