namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class CrowdTests
{
    [Theory]
    [InlineData("blksize=1468", 1468, 1, 2)]
    [InlineData("blksize=1408,windowsize=16,tsize=0", 1408, 16, 2)]
    [InlineData("", 512, 1, 1)] // several ports on one thread
    [InlineData("blksize=65464,windowsize=4", 65464, 4, 2)]
    public async Task Hundreds_of_clients_at_once_get_their_files(string options, int blockSize, int windowSize, int workers)
    {
        using var server = new ServerUnderTest(new TftpServerOptions { Workers = workers, TransferPorts = 3, MaxTransfersPerClient = 10_000 });
        var file = server.Content.Add("kernel", 100_000);
        var clients = Enumerable.Range(0, 300).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var client = server.Client();
                Assert.True(file.AsSpan().SequenceEqual(client.Get("kernel", options, blockSize, windowSize)));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(3, server.TransferPorts.Distinct().Count());
        Assert.True(SpinWait.SpinUntil(() => server.Content.Closed == 300, TimeSpan.FromSeconds(30)));
    }
}
