namespace NetBootFabric.Wire.Tftp;

/// <summary>How the file is sent (RFC 1350 §1).</summary>
public enum TftpMode : byte
{
    None = 0,
    Octet,
    Netascii,
    /// <summary>Obsolete, for write requests only.</summary>
    Mail,
}
