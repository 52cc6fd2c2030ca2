using System.Net;
using NetBootFabric.Boot.Content;
using NetBootFabric.Content;
using NetBootFabric.Testing;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>What one request on a connection that is kept allocates on the managed heap of its thread, from one look-up of content to the next.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 200;

    /// <summary>Octets. Two events to the client's actor (some 150 each), the download, its story and its content; nothing for reading the request, the head, the buffers.</summary>
    [Theory]
    [InlineData("GET /small HTTP/1.1\r\nHost: a\r\nUser-Agent: iPXE/1.0.0\r\nConnection: keep-alive\r\n\r\n", 608)]
    [InlineData("HEAD /small HTTP/1.1\r\nHost: a\r\n\r\n", 304)]
    [InlineData("GET /small HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n", 64)]
    public async Task A_request_of_a_file_keeps_its_budget(string request, int budget)
    {
        var root = Directory.CreateTempSubdirectory("netboot-http-").FullName;
        File.WriteAllBytes(Path.Combine(root, "small"), new byte[300]);
        var nobody = new EmptyRoom();
        using (var files = new BootContentSource(new BootContentOptions(root), nobody, nobody, TimeProvider.System))
        {
            var watched = new WatchedContent(files);
            await using var server = new HttpBootServer(new HttpBootOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)], Threads = 1 }, watched, nobody, TimeProvider.System);
            await server.StartAsync(CancellationToken.None);
            using var client = RawClient.Connect(server.Endpoints[0]);
            for (var i = 0; i < Rounds; i++)
            {
                client.Send(request);
                client.ReadHead();
            }
            Assert.InRange(watched.Median(Rounds / 2), 1, budget);
        }
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Notes at each look-up what the server's thread has allocated so far.</summary>
    private sealed class WatchedContent(IBootContent content) : IBootContent
    {
        private readonly List<long> _allocated = new(Rounds);

        public ValueTask<ContentResult> OpenAsync(ContentRequest request, CancellationToken cancellation)
        {
            lock (_allocated) _allocated.Add(GC.GetAllocatedBytesForCurrentThread());
            return content.OpenAsync(request, cancellation);
        }

        /// <summary>Of the differences, once the first ones have filled what is filled once: what the runtime allocates for itself shows in a few.</summary>
        public long Median(int skipped)
        {
            lock (_allocated)
            {
                var steps = _allocated.Zip(_allocated.Skip(1), (before, after) => after - before).Skip(skipped).Order().ToList();
                return steps[steps.Count / 2];
            }
        }
    }
}
