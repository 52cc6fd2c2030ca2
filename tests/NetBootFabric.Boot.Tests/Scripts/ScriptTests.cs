using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Boot.Tests.Scripts;

public sealed class ScriptTests
{
    private const string Line =
        "console=ttyS0 panic=-1 ip=10.77.0.11::10.77.0.1:255.255.0.0:n001::off:10.77.0.1 BOOTIF=01-52-54-00-77-00-01 netboot.report=http://10.77.0.1/boot/52:54:00:77:00:01/up";

    [Fact]
    public void Ipxe_loads_over_http_and_tries_again() => Assert.Equal(
        $$"""
        #!ipxe
        echo NetBoot Fabric: n001 (52:54:00:77:00:01) boots profile default
        set attempt:int32 0
        :retry
        inc attempt
        imgfree
        set step kernel
        kernel --name vmlinuz http://10.77.0.1/vmlinuz initrd=initrd.img {{Line}} || goto failed
        set step initrd
        initrd --name initrd.img http://10.77.0.1/initrd.img || goto failed
        set step boot
        boot
        :failed
        echo NetBoot Fabric: ${step} failed, attempt ${attempt} of 5
        iseq ${attempt} 5 && goto give_up ||
        sleep 3
        goto retry
        :give_up
        echo NetBoot Fabric: giving up, back to the firmware
        imgfetch http://10.77.0.1/boot/52:54:00:77:00:01/failed?cause=ipxe-${step} ||
        exit 1

        """, IpxeScript.Render(Targets.Of(), Targets.Server).Text);

    [Fact]
    public void Ipxe_takes_its_payload_over_tftp_when_the_profile_says_so() =>
        Assert.Contains("initrd --name initrd.img tftp://10.77.0.1/initrd.img ||", IpxeScript.Render(Targets.Of(transport: Transport.Tftp), Targets.Server).Text, StringComparison.Ordinal);

    [Fact]
    public void Ipxe_names_every_initrd_to_the_kernel()
    {
        var script = IpxeScript.Render(Targets.Of().WithInitrds("a/one.img", "b/one.img"), Targets.Server).Text;
        Assert.Contains("/vmlinuz initrd=initrd.img initrd=initrd2.img console", script, StringComparison.Ordinal);
        Assert.Contains("initrd --name initrd2.img http://10.77.0.1/b/one.img", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Pxelinux_over_tftp_takes_paths_beside_itself() => Assert.Equal(
        $"""
        DEFAULT netboot
        PROMPT 0
        TIMEOUT 50
        ONTIMEOUT netboot
        SAY NetBoot Fabric: n001 (52:54:00:77:00:01) boots profile default
        LABEL netboot
          LINUX vmlinuz
          INITRD initrd.img,more.img
          APPEND {Line}

        """, PxelinuxConfig.Render(Targets.Of().WithInitrds("initrd.img", "more.img"), Targets.Server, TransferProtocol.Tftp).Text);

    [Fact]
    public void Lpxelinux_over_http_takes_urls()
    {
        var config = PxelinuxConfig.Render(Targets.Of(), Targets.Server, TransferProtocol.Http).Text;
        Assert.Contains("LINUX http://10.77.0.1/vmlinuz\n  INITRD http://10.77.0.1/initrd.img\n", config, StringComparison.Ordinal);
    }

    [Fact]
    public void Grub_loads_over_tftp_with_absolute_paths() => Assert.Equal(
        $$"""
        set netboot_held=0
        for attempt in 1 2 3 4 5; do
          echo 'NetBoot Fabric: n001 (52:54:00:77:00:01) boots profile default'
          if linux '/vmlinuz' '{{Line.Replace(" ", "' '", StringComparison.Ordinal)}}'; then
            if initrd '/initrd.img'; then
              boot
            else
              echo 'NetBoot Fabric: initrd failed'
            fi
          else
            echo 'NetBoot Fabric: kernel failed'
          fi
          echo "NetBoot Fabric: attempt $attempt of 5 failed"
          sleep 3
        done
        echo 'NetBoot Fabric: giving up, back to the firmware'
        exit

        """, GrubConfig.Render(Targets.Of(), Targets.Server).Text);

    [Fact]
    public void Grub_puts_its_own_quotes_around_blanks() =>
        Assert.Contains(" 'dyndbg=file a.c +p' ", GrubConfig.Render(Targets.Of("dyndbg=\"file a.c +p\""), Targets.Server).Text, StringComparison.Ordinal);

    [Fact]
    public void A_client_that_is_to_boot_its_disk_is_sent_on()
    {
        var target = Targets.Of(intent: BootIntent.Local);
        Assert.EndsWith("\nexit\n", IpxeScript.Render(target, Targets.Server).Text, StringComparison.Ordinal);
        Assert.EndsWith("\nexit\n", GrubConfig.Render(target, Targets.Server).Text, StringComparison.Ordinal);
        Assert.EndsWith("LOCALBOOT 0\n", PxelinuxConfig.Render(target, Targets.Server, TransferProtocol.Tftp).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../vmlinuz")]
    [InlineData("a//b")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("x,y")]
    [InlineData("x%2e")]
    [InlineData("x;reboot")]
    public void A_file_name_that_needs_an_escape_is_refused(string initrd)
    {
        var target = Targets.Of().WithInitrds(initrd);
        Assert.Contains("profile 'default': file name '", IpxeScript.Render(target, Targets.Server).Error, StringComparison.Ordinal);
        Assert.Contains("profile 'default': file name '", GrubConfig.Render(target, Targets.Server).Error, StringComparison.Ordinal);
        Assert.Contains("profile 'default': file name '", PxelinuxConfig.Render(target, Targets.Server, TransferProtocol.Tftp).Error, StringComparison.Ordinal);
    }
}
