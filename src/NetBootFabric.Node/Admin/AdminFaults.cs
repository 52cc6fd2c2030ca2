using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Logging;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Node.Admin;

/// <summary>Around all calls: what goes wrong in one becomes an answer with a sentence, and never ends more than that call.</summary>
internal sealed class AdminFaults(ILogger log)
{
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }) await Answer(context.Response.StatusCode).ExecuteAsync(context);
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // Nobody is there to be told.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Answer(fault, context).ExecuteAsync(context);
        }
    }

    private IResult Answer(Exception fault, HttpContext context)
    {
        switch (fault)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException malformed }:
                return AdminCalls.Error(StatusCodes.Status400BadRequest, $"the body is no such JSON as this call takes: {malformed.Message}");
            case BadHttpRequestException bad:
                return Answer(bad.StatusCode, bad.Message);
            case StoreUnavailableException or ItemRefusedException:
                return AdminCalls.Error(StatusCodes.Status503ServiceUnavailable, $"the store can't be used now: {fault.Message}");
            default:
                log.CallFailed(context.Request.Method, context.Request.Path, fault);
                return AdminCalls.Error(StatusCodes.Status500InternalServerError, "netbootd failed in this call; its log says how");
        }
    }

    private static IResult Answer(int status, string? detail = null) => AdminCalls.Error(status, status switch
    {
        StatusCodes.Status405MethodNotAllowed => "this call is made by another method",
        StatusCodes.Status408RequestTimeout => "the body came too slowly",
        StatusCodes.Status413PayloadTooLarge => "the body is larger than this call takes: send it in parts",
        StatusCodes.Status415UnsupportedMediaType => "this call takes a body of another kind: send JSON, as Content-Type: application/json",
        _ => detail ?? $"refused with {status}",
    });
}
