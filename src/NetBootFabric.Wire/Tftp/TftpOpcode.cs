namespace NetBootFabric.Wire.Tftp;

/// <summary>RFC 1350 §5, and OACK of RFC 2347.</summary>
public enum TftpOpcode : ushort
{
    ReadRequest = 1,
    WriteRequest = 2,
    Data = 3,
    Ack = 4,
    Error = 5,
    OptionAck = 6,
}
