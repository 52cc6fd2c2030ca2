using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Boot.Tests.Scripts;

/// <summary>Scripts of machines that the operator holds.</summary>
public sealed class HoldTests
{
    [Fact]
    public void Ipxe_says_so_waits_and_looks_again_in_place_of_itself() => Assert.Equal(
        """
        #!ipxe
        echo NetBoot Fabric: n001 (52:54:00:77:00:01) is held by the operator and goes on once released
        :wait
        sleep 5
        chain --replace --autofree http://10.77.0.1/boot/52:54:00:77:00:01/boot.ipxe || goto wait

        """, IpxeScript.Render(Targets.Of(intent: BootIntent.Hold), Targets.Server).Text);

    [Fact]
    public void Grub_reads_its_configuration_again_in_one_loop_that_the_released_one_ends()
    {
        Assert.Equal(
            """
            if [ "$netboot_held" != 1 ]; then
              echo 'NetBoot Fabric: n001 (52:54:00:77:00:01) is held by the operator and goes on once released'
              set netboot_held=1
              while [ "$netboot_held" = 1 ]; do
                sleep 5
                source '/boot/52:54:00:77:00:01/grub.cfg'
              done
            fi

            """, GrubConfig.Render(Targets.Of(intent: BootIntent.Hold), Targets.Server).Text);
        foreach (var intent in new[] { BootIntent.Always, BootIntent.Local })
            Assert.StartsWith("set netboot_held=0\n", GrubConfig.Render(Targets.Of(intent: intent), Targets.Server).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pxelinux_reads_its_configuration_again()
    {
        var text = PxelinuxConfig.Render(Targets.Of(intent: BootIntent.Hold), Targets.Server, TransferProtocol.Tftp).Text;
        Assert.Contains("TIMEOUT 50\nONTIMEOUT hold\n", text, StringComparison.Ordinal);
        Assert.Contains("LABEL hold\n  CONFIG pxelinux.cfg/01-52-54-00-77-00-01\n", text, StringComparison.Ordinal);
    }
}
