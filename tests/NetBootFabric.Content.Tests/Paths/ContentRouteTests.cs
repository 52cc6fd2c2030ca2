using NetBootFabric.Boot.Content;
using NetBootFabric.Content.Paths;
using NetBootFabric.Wire;

namespace NetBootFabric.Content.Tests.Paths;

public sealed class ContentRouteTests
{
    private static readonly MacAddress Client = MacAddress.Parse("52:54:00:77:00:01");

    [Fact]
    public void Every_name_that_the_fabric_gives_out_leads_to_its_client()
    {
        Assert.Equal(new ContentRoute(RouteKind.IpxeScript, Client), ContentRoute.Of(BootPaths.IpxeScript(Client)));
        Assert.Equal(new ContentRoute(RouteKind.GrubConfig, Client), ContentRoute.Of(BootPaths.GrubConfig(Client)));
        Assert.Equal(new ContentRoute(RouteKind.KernelImage, Client), ContentRoute.Of(BootPaths.KernelImage(Client)));
        Assert.Equal(new ContentRoute(RouteKind.PxelinuxConfig, Client), ContentRoute.Of(BootPaths.PxelinuxConfig(Client)));
    }

    [Theory]
    [InlineData("autoexec.ipxe", RouteKind.IpxeScript)]
    [InlineData("grub/grub.cfg", RouteKind.GrubConfig)]
    [InlineData("pxelinux.cfg/default", RouteKind.PxelinuxConfig)]
    [InlineData("pxelinux.cfg/0A4D000B", RouteKind.Nothing)]
    [InlineData("pxelinux.cfg/0A4D", RouteKind.Nothing)]
    [InlineData("pxelinux.cfg/0", RouteKind.Nothing)]
    [InlineData("pxelinux.cfg/b8945908-d6a6-41a9-611d-74a6ab80b83d", RouteKind.Nothing)]
    [InlineData("pxelinux.cfg/01-52-54-00", RouteKind.File)]
    [InlineData("pxelinux.cfg/menu", RouteKind.File)]
    [InlineData("boot/52:54:00:77:00:01/", RouteKind.Nothing)]
    [InlineData("boot/52:54:00:77:00:01/a/b", RouteKind.Nothing)]
    [InlineData("boot/vmlinuz", RouteKind.File)]
    [InlineData("boot/debian/vmlinuz", RouteKind.File)]
    [InlineData("grub/x86_64-efi/command.lst", RouteKind.File)]
    [InlineData("vmlinuz", RouteKind.File)]
    public void Other_names_lead_to_the_peer_or_to_files(string path, object kind) => Assert.Equal(new ContentRoute((RouteKind)kind), ContentRoute.Of(path));

    [Fact]
    public void Any_other_name_below_a_client_may_be_a_template_of_its_profile() =>
        Assert.Equal(new ContentRoute(RouteKind.Template, MacAddress.Parse("52:54:00:77:00:01"), "user-data"), ContentRoute.Of("boot/52:54:00:77:00:01/user-data"));
}
