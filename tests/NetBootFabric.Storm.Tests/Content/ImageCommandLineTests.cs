using System.Buffers.Binary;
using System.Text;
using NetBootFabric.Storm.Content;

namespace NetBootFabric.Storm.Tests.Content;

public sealed class ImageCommandLineTests
{
    private const string Line = "quiet ip=10.77.1.5:::255.255.0.0::eth0:off";

    [Theory]
    [InlineData(1)]
    [InlineData(1460)]
    [InlineData(100_000)]
    public void The_command_line_is_found_however_the_image_is_cut(int piece)
    {
        var image = Image();
        var found = new ImageCommandLine();
        for (var at = 0; at < image.Length; at += piece) found.Take(at, image.AsSpan(at, Math.Min(piece, image.Length - at)));
        Assert.Equal(Line, found.CommandLine);
    }

    [Fact]
    public void Pieces_behind_the_head_come_in_any_order()
    {
        var image = Image();
        var found = new ImageCommandLine();
        found.Take(0, image.AsSpan(0, 4096));
        for (var at = image.Length - 1; at >= 4096; at--) found.Take(at, image.AsSpan(at, 1));
        Assert.Equal(Line, found.CommandLine);
    }

    [Fact]
    public void What_is_no_image_has_none_and_octets_at_random_harm_nothing()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var octets = Image();
            for (var i = 0; i < 20; i++) octets[random.Next(400)] = (byte)random.Next(256);
            new ImageCommandLine().Take(0, octets);
        }
        var text = new ImageCommandLine();
        text.Take(0, "#!ipxe\nboot\n"u8);
        Assert.Null(text.CommandLine);
    }

    /// <summary>Headers at 0, the section .cmdline of 1024 octets at 6000.</summary>
    private static byte[] Image()
    {
        var image = new byte[10_000];
        "MZ"u8.CopyTo(image);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(0x3C), 0x80);
        "PE\0\0"u8.CopyTo(image.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(0x80 + 6), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(0x80 + 20), 112);
        var section = image.AsSpan(0x80 + 24 + 112);
        ".text"u8.CopyTo(section);
        section = section[40..];
        ".cmdline"u8.CopyTo(section);
        BinaryPrimitives.WriteUInt32LittleEndian(section[8..], 1024);
        BinaryPrimitives.WriteUInt32LittleEndian(section[16..], 1024);
        BinaryPrimitives.WriteUInt32LittleEndian(section[20..], 6000);
        Encoding.ASCII.GetBytes(Line, image.AsSpan(6000));
        return image;
    }
}
