namespace NetBootFabric.Wire.Dhcp;

public static partial class DhcpOptions
{
    /// <summary>RFC 2132 §3.15: the boot file in blocks of 512 octets.</summary>
    public static readonly UInt16Option BootFileSize = new(13);
    /// <summary>RFC 2132 §8.4 with the PXE client's sub-options: see <see cref="PxeOptions"/>.</summary>
    public static readonly EncapsulatedOption VendorSpecific = new(43);
    /// <summary>RFC 2132 §9.13: <c>PXEClient…</c>, <c>HTTPClient…</c>, or the operating system's client.</summary>
    public static readonly TextOption VendorClass = new(60);
    /// <summary>RFC 2132 §9.4: the boot server's name or address as text.</summary>
    public static readonly TextOption TftpServerName = new(66);
    /// <summary>RFC 2132 §9.5: the boot file's name or URL. OVMF reads one instance, 255 octets.</summary>
    public static readonly TextOption BootFileName = new(67);
    /// <summary>RFC 3004 §4.</summary>
    public static readonly UserClassOption UserClass = new(77);
    /// <summary>RFC 4578 §2.1.</summary>
    public static readonly ArchitectureListOption ClientArchitecture = new(93);
    /// <summary>RFC 4578 §2.2.</summary>
    public static readonly NetworkInterfaceOption NetworkInterface = new(94);
    /// <summary>RFC 4578 §2.3.</summary>
    public static readonly MachineIdentifierOption MachineIdentifier = new(97);
    /// <summary>RFC 5859 §2.</summary>
    public static readonly AddressListOption TftpServers = new(150);
    /// <summary>iPXE's encapsulated options: see <see cref="IpxeOptions"/>. In no RFC; code 175 is reserved for Etherboot.</summary>
    public static readonly EncapsulatedOption Ipxe = new(175);
    /// <summary>RFC 5071 §4: PXELINUX's configuration file.</summary>
    public static readonly TextOption PxelinuxConfigFile = new(209);
    /// <summary>RFC 5071 §5: what PXELINUX puts before every file name.</summary>
    public static readonly TextOption PxelinuxPathPrefix = new(210);
    /// <summary>RFC 5071 §6: seconds until PXELINUX reboots when it can't boot.</summary>
    public static readonly UInt32Option PxelinuxRebootTime = new(211);
}
