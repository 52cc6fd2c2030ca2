using NetBootFabric.Boot.Dhcp;

namespace NetBootFabric.Boot.Clients;

/// <summary>Tells who of one machine is speaking.</summary>
public static class ClientStages
{
    public static ClientStage Of(DhcpInquiry inquiry) =>
        inquiry.IsIpxe || inquiry.HasIpxeOptions ? ClientStage.Ipxe
        : inquiry.WantsBoot ? ClientStage.Firmware
        : ClientStage.System;

    /// <summary>
    /// Whether this DISCOVER begins a boot, rather than going on with one. xid alone does not tell: a chain of loaders uses several.
    /// </summary>
    public static bool BeginsBoot(BootRecord? current, DhcpInquiry inquiry)
    {
        if (current is null) return true;
        var stage = Of(inquiry);
        if (stage == ClientStage.System) return !current.Boots && inquiry.TransactionId != current.TransactionId;
        if (!current.Boots || current.HasEnded) return true;
        if (current.Phase is BootPhase.Discovering or BootPhase.Offered) return false;
        if (stage > current.Stage) return false;
        if (inquiry.TransactionId == current.TransactionId && !current.TransactionAcknowledged) return false;

        // An iPXE ROM that chained another iPXE: both say iPXE, with the loader's download between them.
        return !(stage == ClientStage.Ipxe && current.Stage == ClientStage.Ipxe && current.Phase == BootPhase.Loader);
    }
}
