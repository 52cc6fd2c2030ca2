using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Live;

/// <summary>
/// The live page: the files of the folder Page, which are in the program. They hold nothing secret, so that who has no token yet gets the page that asks for one; everything that it shows it
/// asks of the API.
/// </summary>
internal sealed class PagePart : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFile.All) routes.MapMethods(file.Path, ["GET", "HEAD"], context => Send(context, file)).NeedsNoToken();
    }

    private static Task Send(HttpContext context, PageFile file)
    {
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = file.Tag;
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(file.Tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).AsTask();
    }
}
