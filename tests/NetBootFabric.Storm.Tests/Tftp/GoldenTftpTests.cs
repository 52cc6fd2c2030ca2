using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Tftp;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Storm.Tests.Tftp;

/// <summary>Read requests beside those of the real loaders, octet for octet.</summary>
public sealed class GoldenTftpTests
{
    [Theory]
    [InlineData("plain-rom-undionly", "undionly.kpxe", "rom")]
    [InlineData("pxelinux-bios", "pxelinux.0", "rom")]
    [InlineData("pxelinux-bios", "pxelinux.cfg/default", "pxelinux")]
    [InlineData("pxelinux-bios", "vmlinuz", "pxelinux")]
    [InlineData("ovmf-pxe4-virtio", "snponly.efi", "uefi")]
    public void A_read_request_is_the_captured_one(string capture, string file, string loader) =>
        AssertSent(GoldenPackets.Tftp(capture).Select(packet => packet.Octets), file, loader);

    [Theory]
    [InlineData("shimx64.efi.signed", "uefi")]
    [InlineData("revocations_sku.efi", "shim")]
    [InlineData("grubx64.efi", "shim")]
    [InlineData("/grub/x86_64-efi/command.lst", "grub")]
    [InlineData("/grub/grub.cfg", "grub")]
    [InlineData("/vmlinuz", "grub")]
    public void A_read_request_of_shim_and_GRUB_is_the_captured_one(string file, string loader) =>
        AssertSent(OwnCaptures.Frames("ovmf-shim-grub").Select(PayloadOf), file, loader);

    [Fact]
    public void The_files_of_shim_and_GRUB_come_in_the_captured_order()
    {
        var files = OwnCaptures.Frames("ovmf-shim-grub").Select(PayloadOf).Select(FileOf).OfType<string>();
        Assert.Equal(
            ["shimx64.efi.signed", "shimx64.efi.signed", "revocations_sku.efi", "revocations_sbat.efi", "shim_certificate_0.efi", "grubx64.efi", "/grub/x86_64-efi/command.lst",
                "/grub/x86_64-efi/fs.lst", "/grub/x86_64-efi/crypto.lst", "/grub/x86_64-efi/terminal.lst", "/grub/grub.cfg", "/vmlinuz", "/initrd.img"], files);
    }

    private static void AssertSent(IEnumerable<byte[]> captured, string file, string loader)
    {
        var wire = new SentFrames();
        var station = wire.NewStation();
        var fetch = new TftpFetch(station, Manner(loader), Ipv4Address.Parse("10.77.0.1"), file, new Download(null, keep: false, station.Counters));
        fetch.Start(TimeSpan.Zero);
        Assert.Equal(Convert.ToHexString(captured.First(octets => FileOf(octets) == file)), Convert.ToHexString(wire.Datagrams.Single().Payload));
    }

    private static string? FileOf(byte[] octets) =>
        TftpPacket.TryParse(octets, out var packet, out _) && packet.Opcode == TftpOpcode.ReadRequest ? System.Text.Encoding.UTF8.GetString(packet.FileName) : null;

    private static byte[] PayloadOf(byte[] frame) => UdpFrame.TryParse(frame, out _, out var payload, out _) ? payload.ToArray() : [];

    private static TftpManner Manner(string loader) => loader switch
    {
        "pxelinux" => TftpManner.Pxelinux,
        "uefi" => TftpManner.Uefi,
        "shim" => TftpManner.Shim,
        "grub" => TftpManner.Grub,
        _ => TftpManner.Ipxe,
    };
}
