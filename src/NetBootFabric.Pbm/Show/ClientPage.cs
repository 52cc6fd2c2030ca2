using NetBootFabric.AdminApi;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ClientPage
{
    public static IRenderable Render(ClientDetail detail, DateTimeOffset now)
    {
        var parts = new List<IRenderable> { Facts(detail) };
        if (detail.Current is { } boot) parts.AddRange(Boot(boot, now));
        if (detail.Why is { } why) parts.Add(WhyPage.Render(why));
        if (detail.History.Count > 0) parts.Add(History(detail.History));
        return new Rows(parts);
    }

    private static Grid Facts(ClientDetail detail)
    {
        var grid = new Grid().AddColumn().AddColumn();
        void Fact(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) grid.AddRow(new Text(name), new Text(value));
        }
        var summary = detail.Summary;
        Fact("Name", summary.New ? $"{summary.Name} (new: no node entry names it)" : summary.Name);
        Fact("MAC", summary.Mac);
        Fact("Profile", summary.Profile);
        Fact("Firmware", detail.VendorClass);
        Fact("UUID", detail.Uuid);
        Fact("Client ids", string.Join(", ", detail.ClientIdentifiers));
        Fact("Relay", detail.RelayInformation);
        foreach (var lease in detail.Leases.Count > 0 ? detail.Leases : detail.Lease is { } only ? [only] : [])
            Fact("Lease", $"{lease.Address}{(lease.Fixed ? " (fixed)" : "")}, {(lease.Running ? "until" : "ended")} {Quantity.Time(lease.ExpiresAt)}");
        return grid;
    }

    private static IEnumerable<IRenderable> Boot(BootView boot, DateTimeOffset now)
    {
        yield return new Text($"\nBoot {boot.Number}: {boot.Phase}, {Exchanges(boot)}", PhaseStyle.Of(boot.Phase));
        var phases = new Table().Border(TableBorder.Simple).AddColumns("PHASE", "AT", "FOR");
        foreach (var phase in boot.Phases) phases.AddRow(phase.Phase, Quantity.Time(phase.At), Lasted(phase, now));
        yield return phases;
        if (boot.Downloads.Count > 0) yield return Downloads(boot);
    }

    /// <summary>The last phase of a boot that goes on lasts until now; an end has no length.</summary>
    private static string Lasted(PhaseView phase, DateTimeOffset now) =>
        phase.Seconds is { } seconds ? Quantity.Seconds(seconds)
        : phase.Phase is "Booted" or "Failed" ? ""
        : $"{Quantity.Duration(now - phase.At)} so far";

    private static string Exchanges(BootView boot) =>
        $"{boot.Exchanges} DHCP exchange{(boot.Exchanges == 1 ? "" : "s")} ({boot.Discovers} DISCOVER, {boot.Retries} retries), {Quantity.Bytes(boot.Bytes)}";

    private static Table Downloads(BootView boot)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("FILE", "AS", "BY", "BYTES", "STATE");
        foreach (var file in boot.Downloads)
        {
            var bytes = file.Length is { } length && length != file.Bytes ? $"{Quantity.Bytes(file.Bytes)} of {Quantity.Bytes(length)}" : Quantity.Bytes(file.Bytes);
            table.AddRow(new Text(file.Path), new Text(file.Role), new Text(file.Protocol), new Text(bytes), new Text(file.Stage));
        }
        return table;
    }

    private static Table History(IReadOnlyList<BootView> history)
    {
        var table = new Table().Border(TableBorder.Simple).Title("Earlier boots").AddColumns("BOOT", "STARTED", "TOOK", "DHCP", "ENDED AS");
        foreach (var boot in history)
        {
            var took = boot.Phases.Count > 1 ? Quantity.Duration(boot.Phases[^1].At - boot.Phases[0].At) : "-";
            var end = boot.Failure is { } failure ? $"{boot.Phase} at {Quantity.Failure(failure)}" : boot.Phase;
            var started = boot.Phases.Count > 0 ? Quantity.Time(boot.Phases[0].At) : "-";
            table.AddRow(boot.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), started, took, boot.Exchanges.ToString(System.Globalization.CultureInfo.InvariantCulture), Markup.Escape(end));
        }
        return table;
    }
}
