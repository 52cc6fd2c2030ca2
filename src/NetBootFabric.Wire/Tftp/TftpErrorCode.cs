namespace NetBootFabric.Wire.Tftp;

/// <summary>RFC 1350 appendix I, and code 8 of RFC 2347.</summary>
public enum TftpErrorCode : ushort
{
    NotDefined = 0,
    FileNotFound = 1,
    AccessViolation = 2,
    DiskFull = 3,
    IllegalOperation = 4,
    UnknownTransferId = 5,
    FileAlreadyExists = 6,
    NoSuchUser = 7,
    /// <summary>A client ends the transfer over its options; firmware that asked only for the size sends it as well.</summary>
    OptionNegotiation = 8,
}
