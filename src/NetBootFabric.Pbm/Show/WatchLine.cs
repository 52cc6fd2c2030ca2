using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Show;

internal static class WatchLine
{
    public static string Render(WatchEvent seen)
    {
        var client = seen.Client;
        var line = $"{Quantity.Time(seen.At)}  {client.Name,-16} {client.Mac}  {client.Address ?? "-",-15}  {client.Phase,-11}";
        return client.Failure is { } failure ? $"{line}  {Quantity.Failure(failure)}" : line.TrimEnd();
    }
}
