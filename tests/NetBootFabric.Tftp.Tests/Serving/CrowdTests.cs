namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class CrowdTests
{
    [Theory]
    [InlineData("blksize=1468", 1468, 1)]
    [InlineData("blksize=1408,windowsize=16,tsize=0", 1408, 16)]
    [InlineData("", 512, 1)]
    [InlineData("blksize=65464,windowsize=4", 65464, 4)]
    public async Task Hundreds_of_clients_at_once_get_their_files(string options, int blockSize, int windowSize)
    {
        using var server = new ServerUnderTest();
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
        Assert.True(SpinWait.SpinUntil(() => server.Content.Closed == 300, TimeSpan.FromSeconds(30)));
    }
}
