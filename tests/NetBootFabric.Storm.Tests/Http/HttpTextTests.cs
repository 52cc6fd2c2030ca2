using System.Text;
using NetBootFabric.Storm.Http;

namespace NetBootFabric.Storm.Tests.Http;

public sealed class HttpTextTests
{
    [Fact]
    public void A_head_is_read()
    {
        var octets = "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: 42\r\nConnection: close\r\n\r\nbody"u8;
        Assert.Equal(octets.Length - 4, HttpHead.SizeOf(octets));
        Assert.Equal(new HttpHead(200, 42, false, true, null), HttpHead.Parse(octets[..^4]));
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n", 503, 7)]
    [InlineData("SSH-2.0-x\r\n\r\n", 0, null)]
    [InlineData("HTTP/1.1\r\n\r\n", 0, null)]
    public void Other_heads_are_told_apart(string text, int status, int? retryAfter)
    {
        var head = HttpHead.Parse(Encoding.ASCII.GetBytes(text));
        Assert.Equal((status, retryAfter), (head.Status, head.RetryAfterSeconds));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_chunked_body_is_joined_however_it_is_cut(int piece)
    {
        var body = Encoding.ASCII.GetBytes("4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nTrailer: t\r\n\r\n");
        var (reader, text) = (new ChunkReader(), new StringBuilder());
        foreach (var part in body.Chunk(piece))
        {
            ReadOnlySpan<byte> octets = part;
            while (reader.Next(ref octets) is { IsEmpty: false } data) text.Append(Encoding.ASCII.GetString(data));
        }
        Assert.Equal("Wikipedia", text.ToString());
        Assert.True(reader.IsEnd);
    }

    [Theory]
    [InlineData("http://10.77.0.1/a/boot.ipxe", "vmlinuz", "http://10.77.0.1/a/vmlinuz")]
    [InlineData("http://10.77.0.1:8080/a/boot.ipxe?x=/y", "/k", "http://10.77.0.1:8080/k")]
    [InlineData("http://10.77.0.1/", "tftp://10.77.0.2/k", "tftp://10.77.0.2:69/k")]
    public void A_reference_is_resolved_against_its_script(string script, string reference, string expected)
    {
        Assert.True(BootUrl.TryParse(script, out var from));
        Assert.Equal(expected, from.Resolve(reference).ToString());
    }

    [Theory]
    [InlineData("https://10.77.0.1/x")]
    [InlineData("http://boot.example/x")]
    [InlineData("http://10.77.0.1:99999/x")]
    public void Other_URLs_are_refused(string text) => Assert.False(BootUrl.TryParse(text, out _));
}
