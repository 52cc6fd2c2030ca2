using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Live;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Live;

/// <summary>The room at a glance: all of it, and each second what changed.</summary>
/// <param name="patience">Who takes nothing for so long is cut off; null: ten seconds.</param>
internal sealed class RoomPart(LiveRoom room, TimeSpan? patience = null) : IAdminPart
{
    /// <summary>A page that is open on every screen of an operations room; each costs a socket and its buffers.</summary>
    private const int MostReaders = 64;

    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(RoomRoutes.Room, async (CancellationToken cancellation) => TypedResults.Bytes((await room.SnapshotAsync(cancellation)).Json, "application/json")).Needs(Role.Read);
        routes.MapGet(RoomRoutes.Stream, (Delegate)StreamAsync).Needs(Role.Read);
    }

    private async Task<IResult> StreamAsync(HttpContext context)
    {
        if (room.Readers >= MostReaders) return AdminCalls.Error(StatusCodes.Status503ServiceUnavailable, $"{MostReaders} readers follow the room already: close a page that nobody looks at");
        using var reading = room.Read();
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await FollowAsync(context.Response, After(context.Request), context.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or TimeoutException)
        {
            // Who does not read is cut off: what waits for it would take memory, and it can come back for a fresh state.
            context.Abort();
        }
        return TypedResults.Empty;
    }

    private static string? After(HttpRequest request) => request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["after"].FirstOrDefault();

    private async Task FollowAsync(HttpResponse response, string? after, CancellationToken cancellation)
    {
        var known = await room.FrameOfAsync(after, cancellation);
        while (true)
        {
            var frame = known is { } number ? await room.Frames.AfterAsync(number, cancellation) : default;
            if (!frame.IsEmpty) known++;
            else (known, frame) = await AnewAsync(cancellation);
            await response.Body.WriteAsync(frame, cancellation).AsTask().WaitAsync(_patience, cancellation);
            await response.Body.FlushAsync(cancellation).WaitAsync(_patience, cancellation);
        }
    }

    private async Task<(long Frame, ReadOnlyMemory<byte> Bytes)> AnewAsync(CancellationToken cancellation)
    {
        var (frame, json) = await room.SnapshotAsync(cancellation);
        return (frame, LiveEvents.Room(room.IdOf(frame), json));
    }
}
