using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Why;
using NetBootFabric.Boot.Clients.Why;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Why;

/// <summary>Why clients of the whole fabric don't boot: each head node explains its own.</summary>
internal sealed class FabricWhy(Explanations explanations, AdminQueries own, OtherHeads others) : IHeadPart
{
    /// <summary>Null when nobody is called so; a MAC address is always somebody's.</summary>
    public async Task<WhyView?> ExplainAsync(string who)
    {
        var known = own.State(who);
        if (known is { Current: not null } && own.IsOwn(known.Mac)) return explanations.Explain(known);
        var elsewhere = await others.AskAsync(WhyRoutes.Of(who), WhyJson.Default.WhyView);
        return elsewhere.FirstOrDefault(view => view.Standing != nameof(ClientStanding.Unheard)) ?? (known is null ? elsewhere.FirstOrDefault() : explanations.Explain(known));
    }

    public async Task<WhyReport> ReportAsync() => WhyReports.Together([.. await others.AskAsync(WhyRoutes.All, WhyJson.Default.WhyReport), OwnReport()]);

    public ValueTask<HeadReply?> AnswerAsync(HeadRequest request)
    {
        if (request.Path == WhyRoutes.All) return new(HeadReply.Found(OwnReport(), WhyJson.Default.WhyReport));
        if (request.After(AdminRoutes.Client) is not { } rest || !rest.EndsWith(WhyRoutes.Suffix, StringComparison.Ordinal)) return new((HeadReply?)null);
        return new(own.State(rest[..^WhyRoutes.Suffix.Length]) is { } state && own.IsOwn(state.Mac) ? HeadReply.Found(explanations.Explain(state), WhyJson.Default.WhyView) : HeadReply.NotFound);
    }

    private WhyReport OwnReport() => WhyReports.Of(explanations.Explain(own.Own.Where(state => state.Current is not null)), explanations.OtherServers());
}
