using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Responses;
using NetBootFabric.HttpBoot.Transfers;

namespace NetBootFabric.HttpBoot;

/// <summary>What the server does with a request: a report, or content by GET and HEAD.</summary>
internal sealed class HttpBootApplication(IBootContent content, SystemReports reports, TransferJournal journal, RunningDownloads running, ContentSender sender, TimeProvider time, IFlightRecorder recorder) : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

    public void DisposeContext(Exchange context, Exception? exception) => HttpBootMetrics.Answer(context.Response.StatusCode);

    public async Task ProcessRequestAsync(Exchange context)
    {
        var flight = new RequestFlight(recorder, time, context);
        try
        {
            await AnswerAsync(context, flight).ConfigureAwait(false);
        }
        catch (BadHttpRequestException malformed) // a body that is cut short or too large; Kestrel knows the status
        {
            if (!context.Response.HasStarted) await PlainAnswer.SendAsync(context, malformed.StatusCode, "bad request").ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            HttpBootMetrics.Cut("client");
            flight.Cut = "cut off by the client";
        }
        finally
        {
            flight.End();
        }
    }

    private Task AnswerAsync(Exchange exchange, RequestFlight flight)
    {
        if (!(exchange.IsGet || exchange.IsHead || exchange.IsPost)) return NotAllowedAsync(exchange, "GET, HEAD");
        if (!RequestTarget.TryParse(exchange.Request.RawTarget, out var target))
            return RefuseAsync(exchange, exchange.Request.RawTarget, ResponseStatus.BadRequest, null);
        if (ReportTarget.TryParse(target.Path, out var report))
            return exchange.IsHead ? NotAllowedAsync(exchange, "GET, POST") : reports.TakeAsync(exchange, target, report);
        return exchange.IsPost ? NotAllowedAsync(exchange, "GET, HEAD") : ServeAsync(exchange, target.Path, flight);
    }

    private async Task ServeAsync(Exchange exchange, string path, RequestFlight flight)
    {
        var ends = exchange.Ends;
        running.Begin(ends);
        try
        {
            await OpenAsync(exchange, path, flight).ConfigureAwait(false);
        }
        finally
        {
            running.End(ends);
        }
    }

    private async Task OpenAsync(Exchange exchange, string path, RequestFlight flight)
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
            flight.Client = found.Client;
            if (exchange.IsHead) transfer.Probed();
            else await SendAsync(exchange, found, range, transfer, flight).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(Exchange exchange, BootContent content, ByteRange range, Transfer transfer, RequestFlight flight)
    {
        flight.Wanted = range.Length;
        try
        {
            await sender.SendAsync(exchange, content, range, transfer).ConfigureAwait(false);
        }
        finally
        {
            (flight.Went, flight.Cut) = (transfer.Bytes, transfer.Cut);
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
