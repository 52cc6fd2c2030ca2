using System.Text;
using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Responses;

namespace NetBootFabric.HttpBoot;

/// <summary>Takes the word of a booted system, or of a loader that gave up.</summary>
internal sealed class SystemReports(IBootEvents events, TimeProvider time)
{
    /// <summary>Of what a system says, in octets; the rest is dropped.</summary>
    private const int DetailSize = 512;

    public async Task TakeAsync(Exchange exchange, RequestTarget target, ReportTarget report)
    {
        var detail = target.Value("cause");
        if (detail is null && exchange.IsPost) detail = await ReadAsync(exchange.Request.Body).ConfigureAwait(false);
        events.Report(new SystemReport(report.Client, exchange.Peer, report.Booted, Clean(detail), time.GetUtcNow()));
        HttpBootMetrics.Report(report.Booted);
        await PlainAnswer.SendAsync(exchange, 200, "ok").ConfigureAwait(false);
    }

    private static async Task<string> ReadAsync(Stream body)
    {
        var bytes = new byte[DetailSize];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false).ConfigureAwait(false);
        return Encoding.ASCII.GetString(bytes, 0, read);
    }

    // It ends up in terminals and logs: no escape sequences.
    private static string? Clean(string? detail)
    {
        var text = detail?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        return string.Create(Math.Min(text.Length, DetailSize), text, static (clean, text) =>
        {
            for (var i = 0; i < clean.Length; i++) clean[i] = text[i] is >= ' ' and < '\x7f' ? text[i] : '?';
        });
    }
}
