using System.Collections.Frozen;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Storms;

namespace NetBootFabric.Content.Tests;

public sealed class BootContentSourceTests
{
    [Theory]
    [InlineData("boot/52:54:00:77:00:01/boot.ipxe", "#!ipxe\n")]
    [InlineData("autoexec.ipxe", "#!ipxe\n")]
    [InlineData("/pxelinux.cfg/01-52-54-00-77-00-01", "DEFAULT netboot\n")]
    [InlineData("pxelinux.cfg/default", "DEFAULT netboot\n")]
    [InlineData("/grub/grub.cfg", "set netboot_held=0\nfor attempt in ")]
    [InlineData("boot/52:54:00:77:00:01/grub.cfg", "set netboot_held=0\nfor attempt in ")]
    public void What_is_rendered_for_a_client_names_it_and_is_a_script(string path, string start)
    {
        using var folder = new Folder();
        Assert.StartsWith(start, folder.Text(path), StringComparison.Ordinal);
        using var content = folder.Open(path).Content!;
        Assert.Equal((Folder.Client, ContentRole.Script), (content.Client, content.Role));
    }

    [Fact]
    public void Pxelinux_gets_urls_by_http_and_paths_by_tftp()
    {
        using var folder = new Folder();
        Assert.Contains("LINUX http://10.77.0.1/vmlinuz\n", folder.Text("pxelinux.cfg/default", TransferProtocol.Http), StringComparison.Ordinal);
        Assert.Contains("LINUX vmlinuz\n", folder.Text("pxelinux.cfg/default"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoexec.ipxe")]
    [InlineData("pxelinux.cfg/default")]
    [InlineData("grub/grub.cfg")]
    public void A_stranger_gets_no_script(string path)
    {
        using var folder = new Folder();
        Assert.Equal(ContentError.UnknownClient, folder.Open(path, peer: "10.77.0.99").Error);
        Assert.Equal(ContentError.UnknownClient, folder.Open("boot/52:54:00:77:00:99/boot.ipxe").Error);
    }

    [Theory]
    [InlineData("boot/52:54:00:77:00:01/boot.ipxe")]
    [InlineData("autoexec.ipxe")]
    public void Who_has_to_wait_is_told_so_in_place_of_its_script_by_what_it_would_load(string path)
    {
        using var folder = new Folder { Turn = new Turn(412, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(10)) };
        folder.Write("vmlinuz", new byte[1000]);
        folder.Write("initrd.img", new byte[234]);
        Assert.Contains("you are 412th, about 40 s", folder.Text(path), StringComparison.Ordinal);
        using var content = folder.Open(path).Content!;
        Assert.Equal(ContentRole.Turn, content.Role);
        Assert.All(folder.Asked, octets => Assert.Equal(1234, octets));
    }

    [Fact]
    public void Who_loads_nothing_and_whose_loader_can_not_wait_is_not_asked_to()
    {
        using var folder = new Folder { Turn = new Turn(412, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(10)), Intent = BootIntent.Local };
        Assert.DoesNotContain("412th", folder.Text("autoexec.ipxe"), StringComparison.Ordinal);
        folder.Intent = BootIntent.Always;
        Assert.StartsWith("DEFAULT netboot\n", folder.Text("pxelinux.cfg/default"), StringComparison.Ordinal);
        Assert.Empty(folder.Asked);
    }

    [Fact]
    public void A_mistake_of_the_operator_is_named()
    {
        using var folder = new Folder();
        folder.Profile = folder.Profile with { CommandLine = "root=${disk}" };
        var result = folder.Open("autoexec.ipxe");
        Assert.Equal(ContentError.Misconfigured, result.Error);
        Assert.Equal("profile 'default': command line: the variable 'disk' is not set for 52:54:00:77:00:01; add it to the node's variables or its group's", result.Detail);
    }

    [Fact]
    public void A_template_of_the_profile_is_a_file_of_the_client_and_no_script()
    {
        using var folder = new Folder();
        folder.Profile = folder.Profile with { Templates = new Dictionary<string, string> { ["user-data"] = "host: {{name}} \u00e4" }.ToFrozenDictionary() };
        using var content = folder.Open("boot/52:54:00:77:00:01/user-data").Content!;

        Assert.Equal((Folder.Client, ContentRole.Other), (content.Client, content.Role));
        var octets = new byte[content.Length];
        Assert.Equal(octets.Length, content.Read(0, octets));
        Assert.Equal("host: n001 \u00e4", System.Text.Encoding.UTF8.GetString(octets));
        Assert.Equal(ContentError.NotFound, folder.Open("boot/52:54:00:77:00:01/meta-data").Error);
        Assert.Equal(ContentError.NotFound, folder.Open("boot/52:54:00:77:00:01/a/b").Error);
    }

    [Fact]
    public void A_script_keeps_its_tag_until_it_says_something_else()
    {
        using var folder = new Folder();
        using var first = folder.Open("autoexec.ipxe").Content!;
        using var second = folder.Open("autoexec.ipxe").Content!;
        folder.Profile = folder.Profile with { CommandLine = "verbose" };
        using var third = folder.Open("autoexec.ipxe").Content!;
        Assert.Equal(first.ETag, second.ETag);
        Assert.NotEqual(first.ETag, third.ETag);
    }

    [Fact]
    public void Profiles_say_what_is_kernel_and_initrd()
    {
        using var folder = new Folder();
        folder.Write("vmlinuz", "k");
        folder.Write("initrd.img", "i");
        folder.Write("notes", "n");
        folder.Write("undionly.kpxe", "own");
        Assert.Equal(ContentRole.Kernel, RoleOf(folder, "/vmlinuz"));
        Assert.Equal(ContentRole.Initrd, RoleOf(folder, "initrd.img"));
        Assert.Equal(ContentRole.Other, RoleOf(folder, "notes"));
        Assert.Equal(ContentRole.Loader, RoleOf(folder, "undionly.kpxe"));
        folder.Profile = folder.Profile with { Kernel = "notes" };
        Assert.Equal(ContentRole.Kernel, RoleOf(folder, "notes"));
        Assert.Equal(ContentRole.Other, RoleOf(folder, "vmlinuz"));
    }

    [Fact]
    public void A_loader_under_the_root_comes_before_the_distributions()
    {
        using var folder = new Folder();
        if (File.Exists("/usr/lib/ipxe/undionly.kpxe")) Assert.Equal(File.ReadAllBytes("/usr/lib/ipxe/undionly.kpxe"), folder.Read("undionly.kpxe"));
        else Assert.Equal(ContentError.NotFound, folder.Open("undionly.kpxe").Error);
        folder.Write("undionly.kpxe", "own");
        Assert.Equal("own", folder.Text("undionly.kpxe"));
        Assert.Equal(ContentError.NotFound, folder.Open("deeper/undionly.kpxe").Error);
    }

    [Theory]
    [InlineData("missing", ContentError.NotFound)]
    [InlineData("folder/missing", ContentError.NotFound)]
    [InlineData("vmlinuz/below", ContentError.NotFound)]
    [InlineData("folder", ContentError.BadPath)]
    [InlineData("../etc/passwd", ContentError.BadPath)]
    [InlineData("out", ContentError.BadPath)]
    [InlineData("outer/passwd", ContentError.BadPath)]
    [InlineData("loop", ContentError.NotFound)]
    [InlineData("dangling", ContentError.NotFound)]
    public void What_is_no_file_below_the_root_is_refused(string path, ContentError error)
    {
        using var folder = new Folder();
        folder.Write("vmlinuz", "k");
        Directory.CreateDirectory(folder.PathOf("folder"));
        File.CreateSymbolicLink(folder.PathOf("out"), "/etc/passwd");
        File.CreateSymbolicLink(folder.PathOf("outer"), "/etc");
        File.CreateSymbolicLink(folder.PathOf("loop"), "loop");
        File.CreateSymbolicLink(folder.PathOf("dangling"), "nowhere");
        Assert.Equal(error, folder.Open(path).Error);
    }

    [Fact]
    public async Task Links_that_stay_inside_are_followed_also_when_the_root_is_one()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder.PathOf("debian"));
        folder.Write("debian/vmlinuz-6.1", "kernel");
        File.CreateSymbolicLink(folder.PathOf("vmlinuz"), "debian/vmlinuz-6.1");
        File.CreateSymbolicLink(folder.PathOf("stable"), "debian");
        Assert.Equal("kernel", folder.Text("vmlinuz"));
        Assert.Equal("kernel", folder.Text("stable/vmlinuz-6.1"));
        var link = folder.Root + "-link";
        File.CreateSymbolicLink(link, folder.Root);
        using (var source = new BootContentSource(new BootContentOptions(link), folder, folder, TimeProvider.System))
        {
            var request = new ContentRequest("vmlinuz", default, default, TransferProtocol.Tftp);
            using var content = (await source.OpenAsync(request, CancellationToken.None)).Content;
            Assert.Equal(6, content?.Length);
        }
        File.Delete(link);
    }

    [Fact]
    public void A_client_that_boots_its_disk_gets_no_kernel_image()
    {
        using var folder = new Folder { Intent = BootIntent.Local };
        Assert.Equal(ContentError.NotFound, folder.Open(BootPaths.KernelImage(Folder.Client)).Error);
    }

    private static ContentRole RoleOf(Folder folder, string path)
    {
        using var content = folder.Open(path).Content!;
        return content.Role;
    }
}
