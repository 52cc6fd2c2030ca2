using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Content.KernelImages;

namespace NetBootFabric.Content.Tests.KernelImages;

/// <summary>Images with the real stub (systemd-boot-efi), taken apart by binutils.</summary>
public sealed class KernelImageTests
{
    private static readonly string ImagePath = BootPaths.KernelImage(Folder.Client);

    [Theory]
    [InlineData(5000, new int[0])]
    [InlineData(5000, new[] { 1000 })]
    [InlineData(4096, new[] { 512 })]
    [InlineData(100_001, new[] { 7, 3, 1025 })]
    public async Task Objcopy_finds_in_it_what_was_put_in(int kernelLength, int[] initrdLengths)
    {
        using var folder = FolderOf(kernelLength, initrdLengths);
        var image = folder.PathOf("image.efi");
        File.WriteAllBytes(image, folder.Read(ImagePath));
        var initrd = initrdLengths.SelectMany((_, i) => Padded(File.ReadAllBytes(folder.PathOf($"initrd{i}")))).ToArray();

        Assert.Equal(File.ReadAllBytes(folder.PathOf("vmlinuz")), await SectionAsync(folder, image, ".linux"));
        if (initrd.Length > 0) Assert.Equal(initrd, await SectionAsync(folder, image, ".initrd"));
        var line = await SectionAsync(folder, image, ".cmdline");
        Assert.Equal(KernelImageLayout.CommandLineSize, line.Length);
        Assert.StartsWith("quiet ip=10.77.0.11::10.77.0.1:255.255.0.0:n001::off BOOTIF=01-52-54-00-77-00-01 netboot.report=", Encoding.ASCII.GetString(line), StringComparison.Ordinal);
        Assert.EndsWith("/up\0", Encoding.ASCII.GetString(line).TrimEnd('\0') + "\0", StringComparison.Ordinal);
        Assert.StartsWith("ID=netboot-fabric\n", Encoding.ASCII.GetString(await SectionAsync(folder, image, ".osrel")), StringComparison.Ordinal);
        foreach (var section in new[] { ".text", ".data", ".sbat", ".sdmagic" })
            Assert.Equal(await SectionAsync(folder, KernelImageStubs.X64.UsualPaths[0], section), await SectionAsync(folder, image, section));
    }

    [Fact]
    public async Task Sections_follow_one_another_in_memory_and_the_image_holds_them_all()
    {
        using var folder = FolderOf(100_001, [5000]);
        var image = folder.PathOf("image.efi");
        File.WriteAllBytes(image, folder.Read(ImagePath));
        var headers = await RunAsync("objdump", "-h", "-p", "-w", image);
        var sections = headers.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 5 && int.TryParse(words[0], out _))
            .Select(words => (Size: Hex(words[2]), Address: Hex(words[3]), File: Hex(words[5]))).ToArray();
        Assert.Equal(8 + 4, sections.Length);
        foreach (var (before, after) in sections.Zip(sections.Skip(1)))
        {
            Assert.InRange(before.Address + before.Size, 0, after.Address);
            Assert.InRange(before.File + before.Size, 0, after.File);
        }
        Assert.All(sections[8..], section => Assert.Equal(0, section.Address % 4096));
        Assert.All(sections, section => Assert.Equal(0, section.File % 512));
        var size = Hex(headers.Split('\n').Single(line => line.StartsWith("SizeOfImage", StringComparison.Ordinal)).Split('\t', ' ')[^1]);
        Assert.Equal((sections[^1].Address + sections[^1].Size + 4095) / 4096 * 4096, size);
    }

    [Fact]
    public void Reading_in_pieces_gives_the_same_octets()
    {
        using var folder = FolderOf(10_001, [501, 3]);
        var whole = folder.Read(ImagePath);
        using var content = folder.Open(ImagePath).Content!;
        Assert.Equal((ContentRole.KernelAndInitrd, Folder.Client, "application/efi"), (content.Role, content.Client, content.MediaType));
        for (var size = 1; size < 20_000; size = size * 3 + 1)
        {
            var piece = new byte[size];
            for (long offset = 0; offset < whole.Length; offset += size)
            {
                var read = content.Read(offset, piece);
                Assert.Equal(Math.Min(size, whole.Length - offset), read);
                Assert.True(whole.AsSpan((int)offset, read).SequenceEqual(piece.AsSpan(0, read)));
            }
        }
        Assert.Equal(0, content.Read(whole.Length, new byte[1]));
    }

    [Fact]
    public void Another_command_line_keeps_the_length_and_changes_the_tag()
    {
        using var folder = FolderOf(10_001, [501]);
        using var before = folder.Open(ImagePath).Content!;
        folder.Profile = folder.Profile with { CommandLine = "quiet and more words than before" };
        using var after = folder.Open(ImagePath).Content!;
        Assert.Equal(before.Length, after.Length);
        Assert.NotEqual(before.ETag, after.ETag);
    }

    [Fact]
    public void A_changed_initrd_is_in_the_next_image_and_not_in_the_one_being_served()
    {
        using var folder = FolderOf(10_001, [501]);
        var old = folder.Read(ImagePath);
        using var served = folder.Open(ImagePath).Content!;
        folder.Write("new", new byte[9000]);
        File.Move(folder.PathOf("new"), folder.PathOf("initrd0"), overwrite: true);
        using var renewed = folder.Open(ImagePath).Content!;
        var bytes = new byte[served.Length];
        Assert.Equal(bytes.Length, served.Read(0, bytes));
        Assert.Equal(old, bytes);
        Assert.NotEqual(served.Length, renewed.Length);
        Assert.NotEqual(served.ETag, renewed.ETag);
    }

    [Fact]
    public void What_cannot_be_made_is_explained()
    {
        using var folder = FolderOf(10_001, []);
        Assert.Equal("missing, which the profile names: NotFound", Refusal(folder, folder.Profile with { Initrds = ["missing"] }, ContentError.NotFound));
        Assert.Contains("../x, which the profile names: BadPath", Refusal(folder, folder.Profile with { Initrds = ["../x"] }, ContentError.BadPath), StringComparison.Ordinal);
        folder.Write("text", "no kernel");
        Assert.EndsWith("text is no kernel that UEFI on x64 or arm64 can start", Refusal(folder, folder.Profile with { Kernel = "text" }, ContentError.Misconfigured), StringComparison.Ordinal);
        Assert.Contains("longer than the 1023 characters", Refusal(folder, folder.Profile with { CommandLine = new string('a', 1000) }, ContentError.Misconfigured), StringComparison.Ordinal);
        folder.Write("linuxx64.efi.stub", "no program");
        Assert.Contains("do not fit into one image with", Refusal(folder, folder.Profile, ContentError.Misconfigured), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_stub_is_refused_or_makes_some_image_but_never_fails()
    {
        var stub = File.ReadAllBytes(KernelImageStubs.X64.UsualPaths[0]);
        var random = new Random(3);
        for (var round = 0; round < 5000; round++)
        {
            var damaged = stub[..(random.Next(2) == 0 ? stub.Length : random.Next(stub.Length))];
            for (var i = 0; i < 4; i++)
            {
                if (damaged.Length > 1024) damaged[random.Next(1024)] = (byte)random.Next(256);
            }
            var layout = KernelImageLayout.Create(damaged, 5000, 100);
            Assert.True(layout is null || layout.Length > layout.Head.Length);
        }
    }

    [Fact]
    public void A_section_table_without_room_pushes_the_rest_down()
    {
        var stub = File.ReadAllBytes(KernelImageStubs.X64.UsualPaths[0]);
        var copy = stub.ToArray();
        Assert.True(PeHeader.TryRead(copy, out var header));
        // Twelve sections of 40 octets more than the stub has would not fit before 0x400.
        var room = 0x400 - header.SectionTable - header.Sections * PeHeader.SectionEntrySize;
        Assert.InRange(room, 4 * PeHeader.SectionEntrySize, 0x400);
        var tight = Tighten(stub);
        var layout = KernelImageLayout.Create(tight, 5000, 0)!;
        Assert.True(PeHeader.TryRead(layout.Head, out var moved));
        Assert.Equal(0x400u, moved[0].RawOffset);
        Assert.Equal(stub.AsSpan(0x400, 100), layout.Head.AsSpan(0x400, 100));
    }

    // The same program with its first section right behind the section table.
    private static byte[] Tighten(byte[] stub)
    {
        PeHeader.TryRead(stub.ToArray(), out var header);
        var end = header.SectionTable + header.Sections * PeHeader.SectionEntrySize;
        var cut = 0x400 - (end + 511) / 512 * 512;
        var tight = stub[..(0x400 - cut)].Concat(stub[0x400..]).ToArray();
        PeHeader.TryRead(tight, out var moved);
        for (var i = 0; i < moved.Sections; i++)
        {
            var section = moved[i];
            section.RawOffset -= (uint)cut;
        }
        return tight;
    }

    private static string? Refusal(Folder folder, Profile profile, ContentError error)
    {
        folder.Profile = profile;
        var result = folder.Open(ImagePath);
        folder.Profile = profile with { Kernel = "vmlinuz", Initrds = [], CommandLine = "quiet" };
        Assert.Equal(error, result.Error);
        return result.Detail;
    }

    // A kernel as far as the image needs it: a PE header of the right machine, then noise.
    private static Folder FolderOf(int kernelLength, int[] initrdLengths)
    {
        var folder = new Folder();
        var kernel = new byte[kernelLength];
        new Random(1).NextBytes(kernel);
        File.ReadAllBytes(KernelImageStubs.X64.UsualPaths[0]).AsSpan(0, 1024).CopyTo(kernel);
        folder.Write("vmlinuz", kernel);
        for (var i = 0; i < initrdLengths.Length; i++)
        {
            var initrd = new byte[initrdLengths[i]];
            new Random(i).NextBytes(initrd);
            folder.Write($"initrd{i}", initrd);
        }
        folder.Profile = folder.Profile with { Initrds = [.. initrdLengths.Select((_, i) => $"initrd{i}")] };
        return folder;
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - bytes.Length % 4) % 4]];

    private static long Hex(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static async Task<byte[]> SectionAsync(Folder folder, string image, string section)
    {
        var output = folder.PathOf("section");
        await RunAsync("objcopy", "-O", "binary", "--only-section", section, image, output);
        return await File.ReadAllBytesAsync(output);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
