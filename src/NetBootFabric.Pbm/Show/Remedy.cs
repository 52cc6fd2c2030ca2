using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Show;

/// <summary>What an operator can do about a failure; empty when only the machine's own console can tell.</summary>
internal static class Remedy
{
    public static string Of(FailureView failure) => failure.Cause switch
    {
        "PoolExhausted" => "its subnet has no free address: widen 'range' or shorten 'lease'",
        "UnknownClient" => "no node entry names this MAC address: add one, or write unknown: allow for its subnet",
        "NoBootFile" => "nothing to boot for its firmware: look at its profile ('loader', 'kernel'), and at the loaders that pbm status misses",
        "NoSubnet" => "no subnet of the configuration is the one of its interface or relay agent: add it to 'subnets'",
        "StoreUnavailable" => "leases can't be written: look at pbm status, and at the space and the rights of the store's folder",
        "NoRequest" => "it did not take the offer: another DHCP server may have answered too (then: proxy: true), or the offer does not reach it",
        "OtherServerSelected" => "another DHCP server answers on this network: turn it off there, or write proxy: true here",
        "AddressInUse" => "another machine answers for the address: find it (arping), or give this client another 'ip'",
        "NeverAsked" => "it took an address and asked for nothing more: look whether it is on, and at its console",
        "ArpUnanswered" => "it can't reach the head node: look at its switch port, VLAN and cable",
        "NotFound" => "put the file under 'files' on the head node, or correct the profile; pbm status names missing loaders and their packages",
        "AccessDenied" => "let the user that netbootd runs as read the file",
        "ReadError" => "the head node can't read the file to its end: look at its disk and at netbootd's log",
        "TransferTimedOut" => "its packets get lost, or it was switched off: look at its console, switch port and cable",
        "Misconfigured" => "correct its profile or node entry",
        "TooBusy" => "nothing, it tries again by itself",
        "Stalled" => "its loader went no further: look at its console",
        "NoReport" => "its system was loaded and did not report: look at its console; a system has to fetch the URL of netboot.report= once it is up",
        "Restarted" => "it was reset, power-cycled or panicked in the middle of its boot: look at its console",
        _ => "",
    };
}
