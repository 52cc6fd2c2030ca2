using System.Text;
using NetBootFabric.HttpBoot.Requests;

namespace NetBootFabric.HttpBoot.Tests;

public sealed class RequestParserTests
{
    private const int Limit = 2048;

    [Theory]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\n\r\n", "Get", true)]
    [InlineData("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n", "Head", true)]
    [InlineData("GET /a HTTP/1.1\r\nHost:x\r\nConnection: close\r\n\r\n", "Get", false)]
    [InlineData("GET /a HTTP/1.1\r\nHost:x\r\nconnection: a, Close\r\n\r\n", "Get", false)]
    [InlineData("GET /a HTTP/1.0\r\n\r\n", "Get", false)]
    [InlineData("GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "Get", true)]
    [InlineData("\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n", "Get", true)]
    [InlineData("GET /a HTTP/1.1\nHost: x\n\n", "Get", true)]
    [InlineData("get /a HTTP/1.1\r\nHost: x\r\n\r\n", "Other", true)]
    [InlineData("PROPFIND /a HTTP/1.1\r\nHost: \r\n\r\n", "Other", true)]
    public void A_head_is_read(string text, string method, bool keepAlive)
    {
        var octets = Encoding.Latin1.GetBytes(text);
        Assert.Equal(octets.Length, RequestParser.Parse(octets, Limit, out var head));
        Assert.Equal((method, keepAlive, "/a"), (head.Method.ToString(), head.KeepAlive, Encoding.ASCII.GetString(head.Target)));
    }

    [Fact]
    public void The_fields_that_matter_are_found_whatever_their_case()
    {
        var text = "POST /a HTTP/1.1\r\nhost: x\r\nRANGE: bytes=1-2 \r\nif-none-match:\t\"a\"\r\nIF-Modified-Since: d\r\nif-range: \"b\"\r\nContent-length: 12\r\nexpect: 100-Continue\r\nX: y\r\n\r\n"u8;
        Assert.Equal(text.Length, RequestParser.Parse(text, Limit, out var head));
        Assert.Equal("bytes=1-2|\"a\"|d|\"b\"", $"{Text(head.Range)}|{Text(head.IfNoneMatch)}|{Text(head.IfModifiedSince)}|{Text(head.IfRange)}");
        Assert.Equal((12L, true, false), (head.ContentLength, head.ExpectsContinue, head.IsChunked));
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n Host: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost : x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400)]
    [InlineData("GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData(" GET /a HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("G@T /a HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /a http/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1x\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/2.0\r\nHost: x\r\n\r\n", 505)]
    [InlineData("GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413)]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", 417)]
    public void What_could_be_read_in_two_ways_is_refused(string text, int status) =>
        Assert.Equal(-status, RequestParser.Parse(Encoding.Latin1.GetBytes(text), Limit, out _));

    [Theory]
    [InlineData("GET /", 414)]
    [InlineData("GET /a HTTP/1.1\r\nX: ", 431)]
    public void What_never_ends_is_refused_at_the_limit(string beginning, int status)
    {
        var octets = Encoding.ASCII.GetBytes(beginning + new string('x', Limit));
        Assert.Equal(0, RequestParser.Parse(octets.AsSpan(0, Limit - 10), Limit, out _));
        Assert.Equal(-status, RequestParser.Parse(octets, Limit, out _));
    }

    [Fact]
    public void More_fields_than_anybody_needs_are_refused()
    {
        var fields = string.Concat(Enumerable.Repeat("a:b\r\n", RequestParser.MaximumFields));
        Assert.Equal(-431, RequestParser.Parse(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost:x\r\n{fields}\r\n"), Limit, out _));
    }

    [Fact]
    public void A_head_in_pieces_is_read_when_its_last_octet_is_there()
    {
        var text = "GET /a HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1\r\n\r\nGET /b"u8;
        var whole = text.Length - 6; // 6 = the beginning of the next one
        for (var length = 0; length < whole; length++) Assert.Equal(0, RequestParser.Parse(text[..length], Limit, out _));
        for (var length = whole; length <= text.Length; length++) Assert.Equal(whole, RequestParser.Parse(text[..length], Limit, out _));
    }

    [Theory]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n", "abc0123456789")]
    [InlineData("0\r\n\r\n", "")]
    public void A_chunked_body_is_put_together(string text, string expected)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var body = Body(chunked: true);
            var octets = Encoding.ASCII.GetBytes(text + "GET");
            for (var at = 0; at < octets.Length && !body.IsComplete;) at += body.Take(octets.AsSpan(at, Math.Min(piece, octets.Length - at)));
            Assert.Equal(expected, Text(body.Kept));
        }
    }

    [Theory]
    [InlineData("\r\n", 400)]
    [InlineData("g\r\n", 400)]
    [InlineData("3\r\nabcd", 400)]
    [InlineData("FFFFFFFFFFFFFFFFFFFF\r\n", 413)]
    [InlineData("10001\r\n", 413)]
    public void A_chunk_that_is_none_is_refused(string text, int status) => Assert.Equal(-status, Body(chunked: true).Take(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Nothing_makes_the_parsers_throw_or_read_past_what_came()
    {
        byte[][] corpus =
        [
            .. new[]
            {
                "GET /a?b=%20 HTTP/1.1\r\nHost: x\r\nRange: bytes=1-2\r\nIf-None-Match: W/\"a\", *\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\nIf-Range: \"b\"\r\nConnection: close\r\n\r\n",
                "POST http://x/boot/52:54:00:77:00:01/failed HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            }.Select(Encoding.ASCII.GetBytes),
        ];
        var random = new Random(5);
        for (var round = 0; round < 100_000; round++) Check(Damage(random, corpus[random.Next(corpus.Length)]));
    }

    private static void Check(byte[] octets)
    {
        var used = RequestParser.Parse(octets, Limit, out var head);
        Assert.InRange(used, -505, octets.Length);
        if (used <= 0) return;
        var target = new KnownTarget(head.Target);
        _ = target.Target.Value("cause");
        _ = ByteRange.Parse(head.Range, 100, out var range);
        Assert.InRange(range.Start + range.Length, 0, 100);
        var conditions = new Preconditions("a", DateTimeOffset.UnixEpoch);
        _ = conditions.IsNotModified(head) | conditions.AllowRange(head);
        if (head.HasBody) Assert.InRange(new RequestBody(head).Take(octets.AsSpan(used)), -413, octets.Length - used);
    }

    private static byte[] Damage(Random random, byte[] octets)
    {
        byte[] copy = [.. octets];
        for (var i = random.Next(5); i >= 0; i--)
        {
            var at = random.Next(copy.Length);
            copy = random.Next(4) switch
            {
                0 => copy[..(at + 1)],
                1 => [.. copy[..at], .. copy[random.Next(copy.Length)..]],
                2 => [.. copy[..at], (byte)"\r\n :;-,\0\xff"[random.Next(9)], .. copy[at..]],
                _ => [.. copy[..at], (byte)random.Next(256), .. copy[(at + 1)..]],
            };
            if (copy.Length == 0) return copy;
        }
        return copy;
    }

    private static RequestBody Body(bool chunked) => new(new RequestHead { IsChunked = chunked });

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.ASCII.GetString(octets);
}
