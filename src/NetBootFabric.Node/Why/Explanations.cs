using System.Numerics;
using NetBootFabric.AdminApi.Why;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Clients.Why;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Why;

/// <summary>Explains how clients stand, from all that this head node knows.</summary>
internal sealed class Explanations(ClientBoard board, ILeaseBook leases, IRoomSource rooms, OtherDhcpServers others, IContentSurvey files, Func<bool> storeWorks, TimeProvider time)
{
    /// <summary>Digits that somebody mistypes or reads wrong on a label.</summary>
    private const int MistypedDigits = 2;

    public WhyView Explain(ClientState state) => View(Facts(rooms.Current, state, new SurveyMemo(files), UsualRate()) with { Lookalike = Lookalike(state) });

    /// <summary>In the same order. Each file is looked at once.</summary>
    public IEnumerable<WhyView> Explain(IEnumerable<ClientState> states)
    {
        var (room, memo, usual) = (rooms.Current, new SurveyMemo(files), UsualRate());
        return states.Select(state => View(Facts(room, state, memo, usual)));
    }

    /// <summary>DHCP servers that give addresses where the fabric does, a sentence each.</summary>
    public IEnumerable<string> OtherServers() => rooms.Current.Service == DhcpService.Proxy ? [] : others.All.Select(server =>
        $"another DHCP server, {server.Address}{(server.Mac is { } mac ? $" ({mac})" : "")}, is on {server.Interface}: {server.Answers} of its answers were heard, {server.Chosen} times a client chose it, last at {server.LastHeard:HH:mm:ss} UTC");

    private ClientFacts Facts(Room room, ClientState state, IContentSurvey survey, double usual) => new()
    {
        State = state,
        Room = room,
        Now = time.GetUtcNow(),
        Lease = leases.Find(state.Mac),
        OtherAnswer = others.To(state.Mac),
        OtherServers = others.All,
        Files = survey,
        UsualRate = usual,
        StoreWorks = storeWorks(),
    };

    private static WhyView View(ClientFacts facts)
    {
        var found = Diagnoses.Explain(facts);
        return new WhyView
        {
            Mac = facts.State.Mac.ToString(),
            Name = TargetResolution.NameOf(facts.Room.NodeOf(facts.State.Mac), facts.State.Mac),
            Standing = found.Standing.ToString(),
            Sentence = found.Sentence,
            Step = found.Step?.ToString(),
            Cause = found.Cause?.ToString(),
            Remedy = found.Remedy.Length > 0 ? found.Remedy : null,
            Evidence = found.Evidence,
        };
    }

    private double UsualRate() => UsualRates.Of(board.All, time.GetUtcNow());

    /// <summary>A stranger whose MAC address is nearly that of a node which was never heard of.</summary>
    private MacAddress? Lookalike(ClientState state)
    {
        if (state.Current is not null) return null;
        var room = rooms.Current;
        return board.All.Where(other => room.NodeOf(other.Mac) is null && DigitsApart(other.Mac, state.Mac) is > 0 and <= MistypedDigits)
            .OrderBy(other => DigitsApart(other.Mac, state.Mac)).Select(other => (MacAddress?)other.Mac).FirstOrDefault();
    }

    private static int DigitsApart(MacAddress one, MacAddress other)
    {
        var bits = one.Value ^ other.Value;
        // Each digit's four bits folded into its lowest.
        bits |= bits >> 1;
        bits |= bits >> 2;
        return BitOperations.PopCount(bits & 0x1111_1111_1111);
    }
}
