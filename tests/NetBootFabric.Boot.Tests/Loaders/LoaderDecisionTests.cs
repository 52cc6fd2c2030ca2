using System.Text;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Loaders;

public sealed class LoaderDecisionTests
{
    private const string Mac = "52:54:00:99:00:09";
    private const string Script = "http://10.77.0.1/boot/" + Mac + "/boot.ipxe";
    private const string Image = "boot/" + Mac + "/boot.efi";
    private static readonly BootServer Server = new(DhcpRoom.Server, 80);
    private static readonly byte[] NoProxyWait = [0xB0, 1, 1];

    public static TheoryData<string, LoaderKind?, string> Usual => new()
    {
        { "ipxe", null, Script },
        { "bios", LoaderKind.Undionly, "undionly.kpxe" },
        { "x64", LoaderKind.Shim, "shimx64.efi.signed" },
        { "arm64", LoaderKind.Shim, "shimaa64.efi.signed" },
        { "http", LoaderKind.Uki, "http://10.77.0.1/" + Image },
    };

    [Theory]
    [MemberData(nameof(Usual))]
    public void Each_firmware_is_told_what_takes_it_to_its_kernel_after_one_exchange(string firmware, LoaderKind? loader, string file)
    {
        var choice = Choose(firmware, LoaderKind.Auto)!;
        Assert.Equal((loader, file), (choice.Loader, choice.BootFile));
        Assert.Equal(DhcpRoom.Server, choice.NextServer);
        Assert.Null(choice.Fallback);
    }

    [Fact]
    public void IPXE_is_told_not_to_wait_for_a_proxy() => Assert.Equal(NoProxyWait, Value(Choose("ipxe", LoaderKind.Auto)!, 175));

    [Fact]
    public void Undionly_runs_the_scriptlet_of_the_ROMs_ACK()
    {
        var value = Value(Choose("bios", LoaderKind.Auto)!, 175);
        Assert.Equal((0x51, value.Length - 2), (value[0], value[1]));
        Assert.Equal($"ifopen && chain {Script} || autoboot", Encoding.ASCII.GetString(value, 2, value.Length - 2));
    }

    [Fact]
    public void An_iPXE_ROM_with_undionly_gets_both_and_undionly_itself_the_script()
    {
        var choice = Choose("ipxe", LoaderKind.Undionly)!;
        Assert.Equal("undionly.kpxe", choice.BootFile);
        Assert.Equal([.. NoProxyWait, 0x51], Value(choice, 175)[..4]);
        Assert.Equal(Script, LoaderDecision.Choose(Inquiries.Ipxe with { BroadcastFlag = true }, Profile(LoaderKind.Undionly), BootIntent.Always, Server)!.BootFile);
    }

    [Theory]
    [InlineData(LoaderKind.Pxelinux, Transport.Http, "pxelinux.0", null)]
    [InlineData(LoaderKind.Lpxelinux, Transport.Tftp, "lpxelinux.0", null)]
    [InlineData(LoaderKind.Lpxelinux, Transport.Http, "lpxelinux.0", "http://10.77.0.1/")]
    public void PXELINUX_is_told_its_configuration_and_lpxelinux_where_HTTP_is(LoaderKind loader, Transport transport, string file, string? prefix)
    {
        foreach (var firmware in new[] { "bios", "ipxe" })
        {
            var choice = LoaderDecision.Choose(Client(firmware), Profile(loader) with { Transport = transport }, BootIntent.Always, Server)!;
            Assert.Equal(file, choice.BootFile);
            Assert.Equal("pxelinux.cfg/01-52-54-00-99-00-09", Encoding.ASCII.GetString(Value(choice, 209)));
            Assert.Equal(prefix, choice.Options.Any(option => option.Code == 210) ? Encoding.ASCII.GetString(Value(choice, 210)) : null);
        }
    }

    [Fact]
    public void HTTP_boot_is_answered_as_HTTP_client() => Assert.Equal("HTTPClient"u8, Value(Choose("http", LoaderKind.Auto)!, 60));

    [Theory]
    [InlineData("x64", LoaderKind.Snponly, "snponly.efi")]
    [InlineData("x64", LoaderKind.Grub, "grubnetx64.efi.signed")]
    [InlineData("x64", LoaderKind.Uki, Image)]
    [InlineData("arm64", LoaderKind.Grub, "grubnetaa64.efi.signed")]
    [InlineData("http", LoaderKind.IpxeEfi, "http://10.77.0.1/ipxe.efi")]
    [InlineData("ipxe-efi", LoaderKind.Uki, "http://10.77.0.1/" + Image)]
    [InlineData("ipxe-efi", LoaderKind.Snponly, Script)]
    [InlineData("ipxe-efi", LoaderKind.IpxeEfi, Script)]
    public void A_profile_may_pin_a_loader_that_runs_there(string firmware, LoaderKind pinned, string file)
    {
        var choice = Choose(firmware, pinned)!;
        Assert.Equal((file, null), (choice.BootFile, choice.Fallback));
    }

    [Theory]
    [InlineData("bios", LoaderKind.Shim, LoaderKind.Undionly)]
    [InlineData("bios", LoaderKind.Uki, LoaderKind.Undionly)]
    [InlineData("x64", LoaderKind.Pxelinux, LoaderKind.Shim)]
    [InlineData("arm64", LoaderKind.Snponly, LoaderKind.Shim)]
    [InlineData("http", LoaderKind.Grub, LoaderKind.Uki)]
    [InlineData("ipxe", LoaderKind.Shim, null)]
    public void A_pinned_loader_that_does_not_run_there_gives_way_with_a_reason(string firmware, LoaderKind pinned, LoaderKind? instead)
    {
        var choice = Choose(firmware, pinned)!;
        Assert.Equal(instead, choice.Loader);
        Assert.Contains(pinned.ToString(), choice.Fallback, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PXEClient:Arch:00006", ClientArchitecture.EfiIa32)]
    [InlineData("PXEClient:Arch:00010", ClientArchitecture.EfiArm32)]
    [InlineData("HTTPClient:Arch:00015", ClientArchitecture.HttpX86)]
    [InlineData("HTTPClient:Arch:00020", ClientArchitecture.HttpBios)]
    public void Firmware_that_no_loader_is_made_for_has_nothing_to_boot(string vendorClass, ClientArchitecture architecture)
    {
        var inquiry = Inquiries.Firmware(vendorClass, architecture);
        Assert.Null(LoaderDecision.Choose(inquiry, Profile(LoaderKind.Auto), BootIntent.Always, Server));
        Assert.Equal("", new DhcpRoom().Boot(inquiry).BootFile);
    }

    [Fact]
    public void Without_a_profile_there_is_nothing_to_boot_and_a_plain_client_has_never()
    {
        Assert.Null(LoaderDecision.Choose(Inquiries.EfiPxe, null, BootIntent.Always, Server));
        Assert.Null(LoaderDecision.Choose(Inquiries.Udhcpc, Profile(LoaderKind.Auto), BootIntent.Always, Server));
    }

    [Fact]
    public void Clients_sent_to_their_disk_are_told_so_in_their_own_words()
    {
        Assert.Equal(Script, Local("ipxe").BootFile);
        Assert.Equal("http://10.77.0.1/boot/" + Mac + "/local-disk", Local("http").BootFile);
        var menu = Local("x64");
        Assert.Equal("", menu.BootFile);
        Assert.Equal("PXEClient"u8, Value(menu, 60));
        Assert.Equal([6, 1, 3, 9, 13, 0, 0, 10], Value(menu, 43)[..8]);
        Assert.Equal([10, 11, 0], Value(menu, 43)[18..21]);
    }

    private static LoaderChoice Local(string firmware) => LoaderDecision.Choose(Client(firmware), Profile(LoaderKind.Auto), BootIntent.Local, Server)!;

    private static LoaderChoice? Choose(string firmware, LoaderKind loader) => LoaderDecision.Choose(Client(firmware), Profile(loader), BootIntent.Always, Server);

    private static Profile Profile(LoaderKind loader) => new() { Name = "default", Kernel = "vmlinuz", Loader = loader };

    private static DhcpInquiry Client(string firmware) => firmware switch
    {
        "ipxe" => Inquiries.Ipxe,
        "ipxe-efi" => Inquiries.Ipxe with { Architecture = ClientArchitecture.EfiX64 },
        "bios" => Inquiries.BiosPxe,
        "x64" => Inquiries.EfiPxe,
        "arm64" => Inquiries.EfiArm,
        _ => Inquiries.EfiHttp,
    };

    private static byte[] Value(LoaderChoice choice, byte code) => Assert.Single(choice.Options, option => option.Code == code).Value.ToArray();
}
