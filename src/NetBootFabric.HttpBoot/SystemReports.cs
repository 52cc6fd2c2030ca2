using System.Text;
using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot;

/// <summary>Takes the word of a booted system, or of a loader that gave up.</summary>
internal sealed class SystemReports(IBootEvents events, TimeProvider time)
{
    /// <param name="body">The first octets of what a POST brought.</param>
    public void Take(RequestTarget target, ReportTarget report, Ipv4Address peer, ReadOnlySpan<byte> body)
    {
        var detail = target.Value("cause") ?? Encoding.ASCII.GetString(body);
        events.Report(new SystemReport(report.Client, peer, report.Booted, Clean(detail), time.GetUtcNow()));
        HttpBootMetrics.Report(report.Booted);
    }

    // It ends up in terminals and logs: no escape sequences.
    private static string? Clean(string detail)
    {
        var text = detail.Trim();
        if (text.Length == 0) return null;
        return string.Create(Math.Min(text.Length, RequestBody.KeptLength), text, static (clean, text) =>
        {
            for (var i = 0; i < clean.Length; i++) clean[i] = text[i] is >= ' ' and < '\x7f' ? text[i] : '?';
        });
    }
}
