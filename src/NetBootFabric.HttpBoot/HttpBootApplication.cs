using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Responses;
using NetBootFabric.HttpBoot.Transfers;

namespace NetBootFabric.HttpBoot;

/// <summary>What the server does with a request: a report, or content by GET and HEAD.</summary>
internal sealed class HttpBootApplication(IBootContent content, SystemReports reports, TransferJournal journal, RunningDownloads running, ContentSender sender) : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

    public void DisposeContext(Exchange context, Exception? exception) => HttpBootMetrics.Answer(context.Response.StatusCode);

    public async Task ProcessRequestAsync(Exchange context)
    {
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException malformed) // a body that is cut short or too large; Kestrel knows the status
        {
            if (!context.Response.HasStarted) await PlainAnswer.SendAsync(context, malformed.StatusCode, "bad request").ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            HttpBootMetrics.Cut("client");
        }
    }

    private Task AnswerAsync(Exchange exchange)
    {
        if (!(exchange.IsGet || exchange.IsHead || exchange.IsPost)) return NotAllowedAsync(exchange, "GET, HEAD");
        if (!RequestTarget.TryParse(exchange.Request.RawTarget, out var target))
            return RefuseAsync(exchange, exchange.Request.RawTarget, ResponseStatus.BadRequest, null);
        if (ReportTarget.TryParse(target.Path, out var report))
            return exchange.IsHead ? NotAllowedAsync(exchange, "GET, POST") : reports.TakeAsync(exchange, target, report);
        return exchange.IsPost ? NotAllowedAsync(exchange, "GET, HEAD") : ServeAsync(exchange, target.Path);
    }

    private async Task ServeAsync(Exchange exchange, string path)
    {
        var ends = exchange.Ends;
        running.Begin(ends);
        try
        {
            await OpenAsync(exchange, path).ConfigureAwait(false);
        }
        finally
        {
            running.End(ends);
        }
    }

    private async Task OpenAsync(Exchange exchange, string path)
    {
        var request = new ContentRequest(path, exchange.Peer, exchange.Local, TransferProtocol.Http);
        var (found, error, detail) = await content.OpenAsync(request, exchange.Lifetime.RequestAborted).ConfigureAwait(false);
        if (found is null)
        {
            await RefuseAsync(exchange, path, ResponseStatus.Of(error), detail).ConfigureAwait(false);
            return;
        }
        using (found)
        {
            if (ContentAnswer.WriteHead(exchange, found) is not { } range) return;
            var transfer = new Transfer(journal, found, path, request.Peer);
            if (exchange.IsHead) transfer.Probed();
            else await sender.SendAsync(exchange, found, range, transfer).ConfigureAwait(false);
        }
    }

    private Task RefuseAsync(Exchange exchange, string path, ResponseStatus status, string? detail)
    {
        journal.Refused(path.Length > 255 ? path[..255] : path, exchange.Peer, status.Failure, detail ?? status.Reason);
        if (status.Code == 503) exchange.Response.Headers.RetryAfter = "1";
        return PlainAnswer.SendAsync(exchange, status.Code, detail ?? status.Reason);
    }

    private static Task NotAllowedAsync(Exchange exchange, string allowed)
    {
        exchange.Response.Headers.Allow = allowed;
        return PlainAnswer.SendAsync(exchange, 405, $"use {allowed}");
    }
}
