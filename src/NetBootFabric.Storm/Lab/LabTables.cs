namespace NetBootFabric.Storm.Lab;

/// <summary>A table of the lab, for whatever shows it.</summary>
internal sealed record LabTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>The lab's results as tables.</summary>
internal static class LabTables
{
    private const string NotRun = "";

    public static IEnumerable<LabTable> Of(LabResults results)
    {
        foreach (var way in results.Ways) yield return Booted(results, way);
        yield return Costs(results);
    }

    /// <summary>Who booted how many over what, and when the last one was up.</summary>
    private static LabTable Booted(LabResults results, string way)
    {
        var rows = from clients in results.Numbers
                   from rate in results.Rates
                   where results.Has(way, clients, rate)
                   select (IReadOnlyList<string>)[Text($"{clients}"), Text($"{rate:0.##}"), .. results.Servers.Select(server => Cell(results[server, way, clients, rate]))];
        return new LabTable($"{way}: booted, last one after", ["clients", "Mbit/s", .. results.Servers], [.. rows]);
    }

    private static string Cell(LabCell? cell)
    {
        if (cell is null) return NotRun;
        var last = Text($"{cell.LastBooted:0.0} s");
        if (cell.Booted == cell.Clients) return $"100 %, {last}";
        var failures = string.Join(", ", cell.Failures.OrderByDescending(one => one.Value).Select(one => Text($"{one.Value} {LabCell.StepText(one.Key)}")));
        var share = Text($"**{Math.Min(cell.Share, 99.9):0.#} %**");
        return cell.Booted == 0 ? $"{share} ({failures})" : $"{share}, {last} ({failures})";
    }

    /// <summary>What each way costs a client where the uplink is no hindrance: of the cells with the fewest clients, the fastest.</summary>
    private static LabTable Costs(LabResults results)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var way in results.Ways)
            foreach (var server in results.Servers)
                if (results.All.Where(cell => cell.Way == way && cell.Server == server && cell.Booted > 0).OrderBy(cell => cell.Clients).ThenByDescending(cell => cell.Rate).FirstOrDefault() is { } cell)
                    rows.Add([way, server, Text($"{cell.Clients} at {cell.Rate:0.##}"), Text($"{cell.ExchangesPerClient:0.##}"), Text($"{cell.DhcpPacketsPerClient:0.#}"),
                        Text($"{cell.PacketsPerClient:0}"), Text($"{cell.OctetsPerClient / 1024:0}"), Text($"{cell.Median:0.0}"), Text($"{cell.LastBooted:0.0}"), Text($"{1000 * cell.ServerCpuSeconds / cell.Clients:0.#}")]);
        return new LabTable("A boot's price (per client)",
            ["way", "server", "clients at Mbit/s", "DHCP exchanges", "DHCP packets", "packets", "KiB on the wire", "median s", "last s", "server's CPU ms"], rows);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
