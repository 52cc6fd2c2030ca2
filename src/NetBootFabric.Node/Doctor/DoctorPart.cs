using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Doctor;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Doctor;

/// <summary>Whether the hosts and networks of all head nodes are fit to boot a room.</summary>
internal sealed class DoctorPart(HeadDoctorRounds own, OtherHeads others, TimeProvider time) : IAdminPart, IHeadPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(DoctorRoutes.Doctor, async (CancellationToken cancellation) => TypedResults.Json(await LookAsync(cancellation), DoctorJson.Default.DoctorView)).Needs(Role.Read);

    /// <summary>At once: a head node's answer must not take as long as its checks.</summary>
    public ValueTask<HeadReply?> AnswerAsync(HeadRequest request) =>
        new(request.Path == DoctorRoutes.Doctor ? HeadReply.Found(own.Now(), DoctorJson.Default.HeadDoctor) : null);

    private async Task<DoctorView> LookAsync(CancellationToken cancellation)
    {
        var looking = own.LookAsync();
        var elsewhere = await AskAsync(cancellation);
        return new DoctorView([.. elsewhere.Append(await looking).OrderBy(head => head.Node, StringComparer.Ordinal)]);
    }

    private async Task<IReadOnlyList<HeadDoctor>> AskAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var heads = await others.AskAsync(DoctorRoutes.Doctor, DoctorJson.Default.HeadDoctor);
            if (heads.All(head => !head.Running) || time.GetElapsedTime(began) > Patience) return heads;
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
