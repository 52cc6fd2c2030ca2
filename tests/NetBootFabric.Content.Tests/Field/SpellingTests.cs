using NetBootFabric.Boot.Content;

namespace NetBootFabric.Content.Tests.Field;

/// <summary>Names as firmware and boot managers write them.</summary>
public sealed class SpellingTests : IDisposable
{
    private readonly Folder _folder = new();

    public SpellingTests()
    {
        Directory.CreateDirectory(_folder.PathOf("Boot/Fonts"));
        Directory.CreateDirectory(_folder.PathOf("efi"));
        _folder.Write("Boot/BCD", "bcd");
        _folder.Write("Boot/Fonts/wgl4_boot.ttf", "font");
        _folder.Write("efi/grubx64.efi", "grub");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\\Boot\\BCD", "bcd")]
    [InlineData("/boot/bcd", "bcd")]
    [InlineData("BOOT/bcd", "bcd")]
    [InlineData("\\boot\\Fonts\\wgl4_boot.ttf", "font")]
    [InlineData("boot/fonts/WGL4_BOOT.TTF", "font")]
    [InlineData("efi%5cgrubx64.efi", "grub")]
    [InlineData("efi%2FGRUBX64.EFI", "grub")]
    [InlineData("%45fi/grubx64.efi", "grub")]
    public void The_file_is_found_however_it_is_written(string name, string text) => Assert.Equal(text, _folder.Text(name));

    [Fact]
    public void What_is_there_as_written_comes_first()
    {
        _folder.Write("a%2fb", "literal");
        Directory.CreateDirectory(_folder.PathOf("a"));
        _folder.Write("a/b", "decoded");
        _folder.Write("Boot/bcd", "lower");

        Assert.Equal("literal", _folder.Text("a%2fb"));
        Assert.Equal("lower", _folder.Text("Boot/bcd"));
        Assert.Equal("bcd", _folder.Text("Boot/BCD"));
    }

    [Fact]
    public void Two_files_that_differ_by_case_alone_are_neither()
    {
        _folder.Write("Boot/bcd", "lower");
        Assert.Equal(ContentError.NotFound, _folder.Open("boot/Bcd").Error);
    }

    [Fact]
    public void A_file_that_came_or_went_is_noticed()
    {
        Assert.Equal(ContentError.NotFound, _folder.Open("boot/BOOT.SDI").Error);
        _folder.Write("Boot/boot.sdi", "sdi");
        Directory.SetLastWriteTimeUtc(_folder.PathOf("Boot"), DateTime.UnixEpoch.AddYears(40));
        Assert.Equal("sdi", _folder.Text("boot/BOOT.SDI"));
        File.Delete(_folder.PathOf("Boot/boot.sdi"));
        Assert.Equal(ContentError.NotFound, _folder.Open("boot/BOOT.SDI").Error);
    }

    [Theory]
    [InlineData("%2e%2e%2fetc/passwd")]
    [InlineData("efi/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("a%00b")]
    [InlineData("%25%35%63")]
    [InlineData("no/such/folder/at/all")]
    [InlineData("efi/grubx64.efi/deeper")]
    public void What_is_nothing_either_way_is_not_found(string name) => Assert.Equal(ContentError.NotFound, _folder.Open(name).Error);

    [Fact]
    public void A_link_that_leads_out_is_not_followed_in_another_case_either()
    {
        File.CreateSymbolicLink(_folder.PathOf("Out"), "/etc");
        Assert.Equal(ContentError.BadPath, _folder.Open("out/passwd").Error);
    }

    /// <summary>shim 15.8 under Dell's firmware: the octet 0xEA, which is no UTF-8, and the same as some write it down.</summary>
    [Theory]
    [InlineData("grub/\ufffdOnboard")]
    [InlineData("grub/\ufffd\ufffdUSB")]
    public void A_name_that_is_no_text_is_not_there_and_says_so(string name)
    {
        var (content, error, detail) = _folder.Open(name);
        Assert.Null(content);
        Assert.Equal((ContentError.NotFound, "the name holds octets that are no text"), (error, detail));
    }

    [Fact]
    public void The_role_is_that_of_the_file_and_a_survey_sees_it_too()
    {
        _folder.Write("vmlinuz", "kernel");
        using var content = _folder.Open("VMLINUZ").Content!;
        Assert.Equal(ContentRole.Kernel, content.Role);
        Assert.True(_folder.Source.Look("BOOT/bcd").Exists);
    }
}
