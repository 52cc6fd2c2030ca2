using System.Globalization;
using System.Net;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.HttpBoot.Tests;

public sealed class FileTests
{
    [Fact]
    public async Task A_file_comes_whole_and_never_chunked()
    {
        await using var server = await BootServer.StartAsync();
        var bytes = server.Write("vmlinuz", 300_000);
        using var response = await server.SendAsync(HttpMethod.Get, "vmlinuz");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(300_000, response.Content.Headers.ContentLength);
        Assert.Null(response.Headers.TransferEncodingChunked);
        Assert.Empty(response.Headers.Server);
        var done = await server.ToldAsync(TransferStage.Done);
        Assert.Equal((300_000L, ContentRole.Kernel, "vmlinuz"), (done.Bytes, done.Role, done.Path));
        Assert.Equal(TransferStage.Started, server.Transfers.First().Stage);
        Assert.Equal(done.Transfer, server.Transfers.First().Transfer);
    }

    [Fact]
    public async Task HEAD_tells_the_length_and_sends_nothing()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("initrd.img", 70_000);
        using var response = await server.SendAsync(HttpMethod.Head, "initrd.img");
        Assert.Equal(70_000, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        var probe = Assert.Single(server.Transfers);
        Assert.Equal((TransferStage.Aborted, ContentRole.Initrd), (probe.Stage, probe.Role));
    }

    [Theory]
    [InlineData("bytes=0-0", 206, 0, 1)]
    [InlineData("bytes=0-99", 206, 0, 100)]
    [InlineData("bytes=10-19", 206, 10, 10)]
    [InlineData("bytes=99-", 206, 99, 1)]
    [InlineData("bytes=0-", 206, 0, 100)]
    [InlineData("bytes=90-1000", 206, 90, 10)]
    [InlineData("bytes=90-99999999999999999999", 206, 90, 10)]
    [InlineData("bytes=-1", 206, 99, 1)]
    [InlineData("bytes=-1000", 206, 0, 100)]
    [InlineData("BYTES = 0-1", 200, 0, 100)]
    [InlineData("Bytes=0-1", 206, 0, 2)]
    [InlineData("bytes=100-", 416, 0, 0)]
    [InlineData("bytes=100-200", 416, 0, 0)]
    [InlineData("bytes=-0", 416, 0, 0)]
    [InlineData("bytes=20-10", 200, 0, 100)]
    [InlineData("bytes=", 200, 0, 100)]
    [InlineData("bytes=-", 200, 0, 100)]
    [InlineData("bytes=a-b", 200, 0, 100)]
    [InlineData("bytes=0-1,5-6", 200, 0, 100)]
    [InlineData("bytes=--1", 200, 0, 100)]
    [InlineData("lines=0-1", 200, 0, 100)]
    public async Task A_range_gives_its_part(string range, int status, int start, int length)
    {
        await using var server = await BootServer.StartAsync();
        var bytes = server.Write("file", 100);
        using var response = await server.SendAsync(HttpMethod.Get, "file", ("Range", range));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(bytes[start..(start + length)], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(length, response.Content.Headers.ContentLength);
        var told = status switch { 206 => $"bytes {start}-{start + length - 1}/100", 416 => "bytes */100", _ => null };
        Assert.Equal(told, response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task A_range_of_an_empty_file_cannot_be_satisfied()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("empty", 0);
        using var part = await server.SendAsync(HttpMethod.Get, "empty", ("Range", "bytes=0-"));
        using var whole = await server.SendAsync(HttpMethod.Get, "empty");
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, part.StatusCode);
        Assert.Equal((HttpStatusCode.OK, 0L), (whole.StatusCode, whole.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task What_the_client_has_already_is_not_sent_again()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("file", 100);
        using var first = await server.SendAsync(HttpMethod.Get, "file");
        var tag = first.Headers.ETag!.ToString();
        var date = first.Content.Headers.LastModified!.Value.ToString("r", CultureInfo.InvariantCulture);
        Assert.Equal(304, await StatusAsync(server, ("If-None-Match", tag)));
        Assert.Equal(304, await StatusAsync(server, ("If-None-Match", $"\"x\", W/{tag}")));
        Assert.Equal(304, await StatusAsync(server, ("If-None-Match", "*")));
        Assert.Equal(304, await StatusAsync(server, ("If-Modified-Since", date)));
        Assert.Equal(200, await StatusAsync(server, ("If-None-Match", "\"x\"")));
        Assert.Equal(200, await StatusAsync(server, ("If-None-Match", "\"x\""), ("If-Modified-Since", date)));
        Assert.Equal(200, await StatusAsync(server, ("If-Modified-Since", "yesterday")));
    }

    [Fact]
    public async Task A_range_holds_only_for_the_content_it_was_begun_with()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("file", 100);
        using var first = await server.SendAsync(HttpMethod.Get, "file");
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal(206, await StatusAsync(server, ("Range", "bytes=1-2"), ("If-Range", tag)));
        Assert.Equal(200, await StatusAsync(server, ("Range", "bytes=1-2"), ("If-Range", "W/" + tag)));
        Assert.Equal(200, await StatusAsync(server, ("Range", "bytes=1-2"), ("If-Range", "\"x\"")));
        Assert.Equal(206, await StatusAsync(server, ("Range", "bytes=1-2"), ("If-Range", first.Content.Headers.LastModified!.Value.ToString("r", CultureInfo.InvariantCulture))));
        server.Write("file", 101);
        Assert.Equal(200, await StatusAsync(server, ("Range", "bytes=1-2"), ("If-Range", tag)));
    }

    [Fact]
    public async Task A_client_has_its_own_script()
    {
        await using var server = await BootServer.StartAsync();
        using var response = await server.SendAsync(HttpMethod.Get, $"boot/{BootServer.Mac}/boot.ipxe");
        Assert.StartsWith("#!ipxe\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var done = await server.ToldAsync(TransferStage.Done);
        Assert.Equal((BootServer.Mac, ContentRole.Script), (done.Client.ToString(), done.Role));
    }

    [Theory]
    [InlineData("vmlinuz", TransferFailure.NotFound, "not found\n")]
    [InlineData("boot/52:54:00:77:00:99/boot.ipxe", TransferFailure.UnknownClient, "this client is not known here\n")]
    public async Task What_is_not_there_is_said_in_one_line(string path, TransferFailure failure, string line)
    {
        await using var server = await BootServer.StartAsync();
        using var response = await server.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(line, await response.Content.ReadAsStringAsync());
        Assert.Equal((failure, path), (server.Transfers.Single().Failure, server.Transfers.Single().Path));
    }

    private static async Task<int> StatusAsync(BootServer server, params (string, string)[] headers)
    {
        using var response = await server.SendAsync(HttpMethod.Get, "file", headers);
        return (int)response.StatusCode;
    }
}
