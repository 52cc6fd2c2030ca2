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
    /// <summary>Scripts and styles from here alone and never from within the document: what a client says of itself can't become one.</summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFile.All) routes.MapMethods(file.Path, ["GET", "HEAD"], context => Send(context, file));
    }

    private static Task Send(HttpContext context, PageFile file)
    {
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = file.Tag;
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
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
