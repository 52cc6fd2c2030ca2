using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Clients.Why;

namespace NetBootFabric.Node.Why;

/// <summary>How fast the room loads. Pure.</summary>
internal static class UsualRates
{
    /// <summary>Fewer boots say nothing of what is usual.</summary>
    private const int Enough = 4;

    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>The median of the latest boots, octets a second; 0: too few.</summary>
    public static double Of(IEnumerable<ClientState> clients, DateTimeOffset now)
    {
        var rates = clients.Where(client => client.Current is { } boot && now - boot.LastHeard < Lately).Select(client => DownloadRate.Of(client.Current!)).Where(rate => rate > 0).Order().ToList();
        return rates.Count < Enough ? 0 : rates[rates.Count / 2];
    }
}
