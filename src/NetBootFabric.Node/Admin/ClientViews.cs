using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Node.Admin;

/// <summary>From what the fabric knows to what the admin API says. Pure.</summary>
internal static class ClientViews
{
    public static ClientSummary Summary(Room room, ClientState state)
    {
        var node = room.NodeOf(state.Mac);
        var boot = state.Current;
        return new ClientSummary
        {
            Mac = state.Mac.ToString(),
            Name = TargetResolution.NameOf(node, state.Mac),
            New = node is null,
            Profile = BootPlan.Of(room, node, state).Profile?.Name,
            Address = Known(boot?.Address ?? default),
            Phase = boot?.PhaseName,
            Architecture = ArchitectureOf(boot),
            Loader = boot?.Loader is { Length: > 0 } loader ? loader : null,
            Transport = boot?.Transport?.ToString(),
            Boot = boot?.Number ?? 0,
            Exchanges = boot?.Exchanges ?? 0,
            Bytes = boot?.Bytes ?? 0,
            StartedAt = boot?.StartedAt,
            PhaseSince = boot is { Phases: [.., var last] } ? last.At : null,
            LastHeard = boot?.LastHeard,
            Group = node?.Group,
            Rack = node?.Variables.GetValueOrDefault(NodeEntry.RackVariable),
            Failure = Failure(boot?.Failure),
        };
    }

    public static ClientDetail Detail(Room room, ClientState state, IReadOnlyList<Lease> leases, DateTimeOffset now) => new()
    {
        Summary = Summary(room, state),
        Uuid = state.Attributes.Uuid is { Length: > 0 } uuid ? uuid : null,
        ClientIdentifiers = state.Attributes.ClientIdentifiers,
        VendorClass = state.Attributes.VendorClass is { Length: > 0 } vendor ? vendor : null,
        RelayInformation = state.Attributes.RelayInformation is { Length: > 0 } relay ? $"{relay} by {state.Attributes.Relay}" : null,
        Lease = leases is [var newest, ..] ? LeaseOf(room, newest, now) : null,
        Leases = [.. leases.Select(lease => LeaseOf(room, lease, now))],
        Current = state.Current is { } boot ? Boot(boot) : null,
        History = [.. state.History.Select(Boot)],
    };

    private static LeaseView LeaseOf(Room room, Lease lease, DateTimeOffset now) =>
        new(lease.Address.ToString(), lease.ExpiresAt, lease.IsRunning(now), room.FixedAddresses.ContainsKey(lease.Address));

    private static BootView Boot(BootRecord boot) => new()
    {
        Number = boot.Number,
        Phase = boot.PhaseName,
        Phases = [.. boot.Phases.Select((entry, i) => new PhaseView(entry.Phase.ToString(), entry.At, Seconds(boot, i)))],
        Boots = boot.Boots,
        Address = Known(boot.Address),
        Server = Known(boot.Server),
        Architecture = ArchitectureOf(boot),
        Loader = boot.Loader is { Length: > 0 } loader ? loader : null,
        Transport = boot.Transport?.ToString(),
        Discovers = boot.Discovers,
        Exchanges = boot.Exchanges,
        Retries = boot.Retries,
        ArpQuestions = boot.ArpQuestions,
        Retransmissions = boot.Retransmissions,
        Bytes = boot.Bytes,
        Downloads = [.. boot.Downloads.Select(each => new DownloadView(each.Path, each.Protocol.ToString(), each.Role.ToString(), each.Bytes, each.Length, each.Stage.ToString()))],
        Trouble = Failure(boot.Trouble),
        Failure = Failure(boot.Failure),
    };

    private static double? Seconds(BootRecord boot, int i) =>
        i + 1 < boot.Phases.Length ? Math.Round((boot.Phases[i + 1].At - boot.Phases[i].At).TotalSeconds, 3) : null;

    private static FailureView? Failure(BootFailure? failure) =>
        failure is null ? null : new FailureView(failure.Step.ToString(), failure.Cause.ToString(), failure.Detail);

    private static string? Known(Ipv4Address address) => address.IsAny ? null : address.ToString();

    private static string? ArchitectureOf(BootRecord? boot) =>
        boot is null or { Architecture: ClientArchitecture.Unknown } ? null : boot.Architecture.ToString();
}
