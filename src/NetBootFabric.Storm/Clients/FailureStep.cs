namespace NetBootFabric.Storm.Clients;

/// <summary>Where a boot ended, in the order of a boot.</summary>
internal enum FailureStep : byte
{
    None = 0,
    DhcpNoOffer,
    DhcpOfferWithoutBootFile,
    DhcpNoAck,
    DhcpNak,
    DuplicateAddress,
    ArpTimeout,
    /// <summary>No answer to the read request.</summary>
    TftpTimeout,
    /// <summary>The transfer began and then stopped.</summary>
    TftpReadTimeout,
    TftpError,
    TftpIllegalOperation,
    TftpNoTransferSize,
    HttpConnect,
    HttpTimeout,
    HttpError,
    /// <summary>Not the octets that stand in the directory to verify with, or not as many as were announced.</summary>
    WrongContent,
    /// <summary>A script or configuration that leads nowhere.</summary>
    Script,
    /// <summary>The storm's time was up.</summary>
    Unfinished,
}

/// <param name="Step">Where.</param>
/// <param name="Detail">What happened, in a few words.</param>
internal readonly record struct Failure(FailureStep Step, string Detail);

internal static class FailureSteps
{
    public static string Text(this FailureStep step) => step switch
    {
        FailureStep.DhcpNoOffer => "DHCP: no offer",
        FailureStep.DhcpOfferWithoutBootFile => "DHCP: offer without boot file",
        FailureStep.DhcpNoAck => "DHCP: no ACK",
        FailureStep.DhcpNak => "DHCP: NAK",
        FailureStep.DuplicateAddress => "DHCP: address of another client",
        FailureStep.ArpTimeout => "ARP: time-out",
        FailureStep.TftpTimeout => "TFTP: open time-out",
        FailureStep.TftpReadTimeout => "TFTP: read time-out",
        FailureStep.TftpError => "TFTP: error",
        FailureStep.TftpIllegalOperation => "TFTP: illegal operation",
        FailureStep.TftpNoTransferSize => "TFTP: no tsize",
        FailureStep.HttpConnect => "HTTP: no connection",
        FailureStep.HttpTimeout => "HTTP: time-out",
        FailureStep.HttpError => "HTTP: error",
        FailureStep.WrongContent => "content: wrong octets",
        FailureStep.Script => "script: leads nowhere",
        FailureStep.Unfinished => "not finished in time",
        _ => "none",
    };
}
