using NetBootFabric.Boot.Events;

namespace NetBootFabric.HttpBoot.Tests;

public sealed class ChangingFileTests
{
    private const int Length = 20_000_000;

    [Fact]
    public async Task Who_reads_a_replaced_file_gets_the_old_one_to_its_end()
    {
        await using var server = await BootServer.StartAsync();
        var old = server.Write("vmlinuz", Length);
        using var response = await server.Client.GetAsync("vmlinuz", HttpCompletionOption.ResponseHeadersRead);
        var renewed = server.Write("new", 1000);
        File.Move(Path.Combine(server.Root, "new"), Path.Combine(server.Root, "vmlinuz"), overwrite: true);
        Assert.Equal(renewed, await server.Client.GetByteArrayAsync("vmlinuz"));
        Assert.Equal(old, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_cut_short_while_it_is_served_ends_the_connection()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("vmlinuz", Length);
        using var response = await server.Client.GetAsync("vmlinuz", HttpCompletionOption.ResponseHeadersRead);
        using (var file = File.Open(Path.Combine(server.Root, "vmlinuz"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(10);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
        Assert.Equal(TransferFailure.ReadError, (await server.ToldAsync(TransferStage.Failed)).Failure);
    }
}
