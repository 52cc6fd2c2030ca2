using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Loaders;

/// <summary>
/// The boot ROMs and EEPROMs of Raspberry Pis call themselves PXE BIOS clients. They are told apart by their vendor's MAC addresses or their machine identifier, want a text in option 43,
/// and load files of their own from siaddr (start4.elf, config.txt, a kernel), below a folder that is named by their serial number first. Loaders on a Pi (U-Boot, EDK2, iPXE) say what they are.
/// </summary>
internal static class RaspberryPi
{
    /// <summary>A menu of one entry after no wait, as dnsmasq's pxe-service writes it (PXE 2.1, option 43 tags 6, 9, 10). The ROM looks for these words.</summary>
    private static readonly DhcpOptionValue Menu = new(DhcpOptions.VendorSpecific.Code, (byte[])
    [
        PxeOptions.DiscoveryControl.Code, 1, 3,
        PxeOptions.MenuPrompt.Code, 4, 0, .. "PXE"u8,
        PxeOptions.BootMenu.Code, 20, 0, 0, 17, .. "Raspberry Pi Boot"u8,
        255,
    ]);

    public static bool Is(DhcpInquiry inquiry) => inquiry.Architecture switch
    {
        ClientArchitecture.RaspberryPi => true,
        ClientArchitecture.BiosX86 or ClientArchitecture.Unknown => inquiry is { IsPxeClient: true, IsIpxe: false, HasIpxeOptions: false } && (IsItsVendor(inquiry.Client) || IsItsIdentifier(inquiry.ClientUuid.Span)),
        _ => false,
    };

    public static LoaderChoice Choose(BootServer server) => new() { NextServer = server.Address, Options = [LoaderOptions.PxeClient, Menu] };

    private static bool IsItsVendor(MacAddress client) => (client.Value >> 24) is 0xB827EB or 0xDCA632 or 0xE45F01 or 0xD83ADD or 0x2CCF67 or 0x28CDC1;

    /// <summary>The serial number four times, or a text like RPi4 before it.</summary>
    private static bool IsItsIdentifier(ReadOnlySpan<byte> option)
    {
        if (option.Length != 17) return false;
        var octets = option[1..];
        if (octets.StartsWith("RPi"u8)) return true;
        var word = octets[..4];
        return word.ContainsAnyExcept((byte)0) && word.ContainsAnyExcept((byte)0xFF) && octets[4..8].SequenceEqual(word) && octets[8..12].SequenceEqual(word) && octets[12..].SequenceEqual(word);
    }
}
