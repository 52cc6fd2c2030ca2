using NetBootFabric.Storm.Scripts;

namespace NetBootFabric.Storm.Tests.Scripts;

public sealed class PxelinuxConfigTests
{
    [Theory]
    [InlineData("DEFAULT a\nLABEL b\n KERNEL wrong\nLABEL a\n LINUX vmlinuz\n INITRD i1,i2\n APPEND console=ttyS0\n", "vmlinuz", "i1 i2", "console=ttyS0")]
    [InlineData("default a\nlabel a\n kernel k\n append initrd=i quiet", "k", "i", "initrd=i quiet")]
    [InlineData("LABEL only\n KERNEL k", "k", "", "")]
    [InlineData("DEFAULT a\nONTIMEOUT b\nLABEL a\n KERNEL k\nLABEL b\n KERNEL other", "other", "", "")]
    [InlineData("DEFAULT linux root=/dev/nfs", "linux", "", "root=/dev/nfs")]
    [InlineData("DEFAULT local\nLABEL local\n LOCALBOOT 0", null, "", "")]
    [InlineData("", null, "", "")]
    public void A_configuration_says_what_is_booted_by_itself(string text, string? kernel, string initrds, string append)
    {
        var config = PxelinuxConfig.Parse(text);
        Assert.Equal((kernel, initrds, append), (config.Kernel, string.Join(' ', config.Initrds), config.Append));
    }

    [Theory]
    [InlineData("IPAPPEND 3", true)]
    [InlineData("SYSAPPEND 1", true)]
    [InlineData("IPAPPEND 2", false)]
    [InlineData("", false)]
    public void IPAPPEND_gives_the_system_its_address(string line, bool appends) =>
        Assert.Equal(appends, PxelinuxConfig.Parse($"LABEL a\n KERNEL k\n {line}\n").AppendsAddress);

    [Fact]
    public void Ten_names_are_asked_for()
    {
        var names = PxelinuxConfig.Names("52-54-00-aa-00-05", 0x0A4D0097).ToArray();
        Assert.Equal(10, names.Length);
        Assert.Equal(["pxelinux.cfg/01-52-54-00-aa-00-05", "pxelinux.cfg/0A4D0097", "pxelinux.cfg/0A4D009"], names[..3]);
        Assert.Equal("pxelinux.cfg/default", names[^1]);
    }
}
