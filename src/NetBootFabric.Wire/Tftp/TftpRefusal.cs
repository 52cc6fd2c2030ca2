namespace NetBootFabric.Wire.Tftp;

/// <summary>Why octets are no usable TFTP packet. Small and dense, so that it can index a table of counters.</summary>
public enum TftpRefusal : byte
{
    None = 0,
    /// <summary>The packet ends inside its fixed part.</summary>
    TooShort,
    UnknownOpcode,
    /// <summary>A request or OACK of over 512 octets (RFC 2347).</summary>
    TooLong,
    /// <summary>A file name, mode, option name or value lacks its NUL.</summary>
    Unterminated,
    EmptyFileName,
    /// <summary>A file name of over 255 octets.</summary>
    FileNameTooLong,
    /// <summary>A control character in the file name.</summary>
    BadFileName,
    /// <summary>Neither octet, netascii nor mail.</summary>
    UnknownMode,
    /// <summary>An option without a name, or a name without a value.</summary>
    BadOption,
    /// <summary>The same option twice (RFC 2347: once).</summary>
    RepeatedOption,
}
