using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Loaders;

public sealed class LoaderFilesTests
{
    [Fact]
    public void Every_file_is_found_by_its_name_and_no_name_is_used_twice()
    {
        Assert.Equal(LoaderFiles.All.Length, LoaderFiles.All.Select(file => file.Name).Distinct().Count());
        Assert.All(LoaderFiles.All, file => Assert.Same(file, LoaderFiles.Find(file.Name)));
        Assert.Null(LoaderFiles.Find("vmlinuz"));
    }

    [Fact]
    public void Names_lie_at_the_root_and_usual_paths_are_absolute()
    {
        Assert.All(LoaderFiles.All, file => Assert.DoesNotContain('/', file.Name));
        Assert.All(LoaderFiles.All, file => Assert.All(file.UsualPaths, path => Assert.StartsWith("/usr/", path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(LoaderKind.Shim, ClientArchitecture.EfiX64, "shimx64.efi.signed,grubx64.efi")]
    [InlineData(LoaderKind.Shim, ClientArchitecture.EfiArm64, "shimaa64.efi.signed,grubaa64.efi")]
    [InlineData(LoaderKind.Pxelinux, ClientArchitecture.BiosX86, "pxelinux.0,ldlinux.c32")]
    [InlineData(LoaderKind.Undionly, ClientArchitecture.Unknown, "undionly.kpxe")]
    [InlineData(LoaderKind.Snponly, ClientArchitecture.EfiBc, "snponly.efi")]
    [InlineData(LoaderKind.Grub, ClientArchitecture.HttpX64, "")]
    [InlineData(LoaderKind.Undionly, ClientArchitecture.EfiX64, "")]
    [InlineData(LoaderKind.Snponly, ClientArchitecture.EfiIa32, "")]
    [InlineData(LoaderKind.Uki, ClientArchitecture.EfiX64, "")]
    public void A_loader_brings_its_companions_where_it_runs(LoaderKind kind, ClientArchitecture architecture, string names) =>
        Assert.Equal(names, string.Join(',', LoaderFiles.For(kind, architecture).Select(file => file.Name)));
}
