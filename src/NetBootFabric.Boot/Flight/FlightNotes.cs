using System.Buffers.Binary;
using System.Globalization;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Flight;

/// <summary>What is noted of decisions. Sentences that each packet may call for are made once.</summary>
public static class FlightNotes
{
    private static readonly string[] Phases = [.. Enum.GetNames<BootPhase>().Select(name => $"phase {name}")];
    private static readonly string[] Loaders = [.. Enum.GetNames<LoaderKind>().Select(name => $"loader {name}")];

    private static readonly string[] Dismissals = [.. Enum.GetValues<DhcpDismissal>().Select(reason => reason switch
    {
        DhcpDismissal.OtherServerSelected => "no answer: the client chose another DHCP server (option 54)",
        DhcpDismissal.UnknownClientIgnored => "no answer: no node entry names it, and the subnet ignores unknown clients",
        DhcpDismissal.NoSubnet => "no answer: it is in no subnet of the configuration",
        DhcpDismissal.PoolExhausted => "no answer: the pool has no free address",
        DhcpDismissal.NoBootFile => "no answer: there is nothing to boot for it",
        DhcpDismissal.NotAuthoritative => "no answer: nothing is known of the address that it wants to keep",
        DhcpDismissal.StoreUnavailable => "no answer: the lease can't be written now",
        DhcpDismissal.NoAnswerNeeded => "no answer needed",
        DhcpDismissal.Shed => "no answer: too many waited",
        DhcpDismissal.Malformed => "no answer: it makes no sense in its state",
        DhcpDismissal.AddressUnavailable => "no answer: the address that it asks for is not to be had, and a NAK would end its boot",
        DhcpDismissal.Superseded => "no answer: the client asked again while it waited, and is answered then",
        DhcpDismissal.OtherHeadAnswers => "another head node answers",
        _ => $"no answer: {reason}",
    })];

    public static string Dismissed(DhcpDismissal reason) => Dismissals[(int)reason];

    /// <summary>What the answer says of booting.</summary>
    public static string Chosen(LoaderChoice choice) => choice switch
    {
        { Fallback: { } reason } => $"{reason}: {(choice.Loader is { } other ? Loaders[(int)other] : "a script")} instead",
        { Loader: { } kind } => Loaders[(int)kind],
        { BootFile: "" } => "sent to its local disk",
        _ => "no loader needed: its script",
    };

    internal static string Phase(BootRecord boot) => boot switch
    {
        { Phase: BootPhase.Failed, Failure: { } failure } => Failure(boot.Number, failure),
        { Phases.Length: 1 } => string.Create(CultureInfo.InvariantCulture, $"boot {boot.Number} begins: {Phases[(int)boot.Phase]}"),
        _ => Phases[(int)boot.Phase],
    };

    internal static string Failure(long boot, BootFailure failure) =>
        string.Create(CultureInfo.InvariantCulture, $"boot {boot} failed: {failure.Step}: {failure.Cause}{(failure.Detail.Length > 0 ? $" ({failure.Detail})" : "")}");

    /// <summary>Of a ring that ends in a new boot's DISCOVER: from there on.</summary>
    internal static byte[] NewBoot(FlightRing ring)
    {
        var records = ring.ToArray();
        var begins = records.Length;
        for (var at = 0; at < records.Length; at += BinaryPrimitives.ReadUInt16BigEndian(records.AsSpan(at)))
            if (FlightFormat.IsReceived(records.AsSpan(at), FlightProtocol.Dhcp)) begins = at;
        return records[begins..];
    }
}
