using System.Text.Json;

namespace NetBootFabric.Storm.Lab;

/// <summary>The cells of a results file, the last one of each server, way, number and rate.</summary>
internal sealed class LabResults
{
    private static readonly string[] KnownServers = ["netbootd", "dnsmasq", "isc", "kea"];
    private static readonly string[] KnownWays = ["pxelinux", "lpxelinux", "undionly", "undionly-one", "undionly-os", "ipxe-rom", "ipxe-rom-wait", "grub", "snponly", "uki", "ipxe-efi"];

    private readonly Dictionary<(string, string, int, double), LabCell> _cells = [];

    private LabResults(IEnumerable<LabCell> cells)
    {
        foreach (var cell in cells) _cells[(cell.Server, cell.Way, cell.Clients, cell.Rate)] = cell;
        Servers = InOrder(_cells.Values.Select(cell => cell.Server), KnownServers);
        Ways = InOrder(_cells.Values.Select(cell => cell.Way), KnownWays);
        Rates = [.. _cells.Values.Select(cell => cell.Rate).Distinct().OrderDescending()];
        Numbers = [.. _cells.Values.Select(cell => cell.Clients).Distinct().Order()];
    }

    public IReadOnlyList<string> Servers { get; }

    public IReadOnlyList<string> Ways { get; }

    /// <summary>The fastest first.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>Of clients.</summary>
    public IReadOnlyList<int> Numbers { get; }

    public IEnumerable<LabCell> All => _cells.Values;

    /// <summary>Null when it was not run.</summary>
    public LabCell? this[string server, string way, int clients, double rate] => _cells.GetValueOrDefault((server, way, clients, rate));

    public bool Has(string way, int clients, double rate) => Servers.Any(server => this[server, way, clients, rate] is not null);

    /// <summary>A line that is no cell, such as one that was cut off in the middle, is passed over.</summary>
    public static LabResults Read(IEnumerable<string> lines) => new(lines.Select(Parse).OfType<LabCell>());

    private static LabCell? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LabJsonContext.Default.LabCell);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] InOrder(IEnumerable<string> names, string[] known) =>
        [.. names.Distinct().OrderBy(name => Array.IndexOf(known, name) is >= 0 and var at ? at : int.MaxValue).ThenBy(name => name, StringComparer.Ordinal)];
}
