using System.Diagnostics.Metrics;

namespace NetBootFabric.Node.Metrics;

/// <summary>From an instrument's name and unit to the name that Prometheus' conventions want: netboot.tftp.sent in By is netboot_tftp_sent_bytes_total.</summary>
internal static class MetricNames
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = instrument.Name.Replace('.', '_');
        var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return kind == MetricKind.Counter ? name + "_total" : name;
    }

    public static string OfLabel(string tag) => tag.Replace('.', '_');
}
