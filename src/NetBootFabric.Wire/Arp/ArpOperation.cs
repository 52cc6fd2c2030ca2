namespace NetBootFabric.Wire.Arp;

/// <summary>RFC 826, "opcode".</summary>
public enum ArpOperation : ushort
{
    Request = 1,
    Reply = 2,
}
