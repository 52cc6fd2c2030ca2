using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Access;

public sealed class SlowReaderTests
{
    /// <summary>The product's, made small so that the test is fast.</summary>
    private static readonly AdminLimits Small = new() { Patience = TimeSpan.FromSeconds(1.1), SlowestReader = 256 << 10, SendBuffer = 16 << 10 };

    /// <summary>What one such reader may make the server take in before it is cut: its queue, its socket's buffers and Kestrel's; an event is some 700 octets.</summary>
    private const int Most = 50_000;

    [Fact]
    public async Task A_browser_that_never_reads_its_stream_is_cut_off_and_others_go_on()
    {
        await using var admin = await LiveAdmin.StartAsync(Small);
        using var http = admin.Client();
        await using var reads = await http.GetStreamAsync(AdminRoutes.Watch + "?all=true");
        var reading = reads.CopyToAsync(Stream.Null);
        using var never = await RawCall.OpenAsync(admin.Address, $"GET {AdminRoutes.Watch}?all=true HTTP/1.1\r\nHost: head1\r\nAuthorization: Bearer {admin.Token}\r\n\r\n", receiveBuffer: 4096);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (admin.Running < 2) await Task.Delay(10, limit.Token);

        var posted = 0;
        while (admin.Running == 2)
        {
            if (posted < Most) admin.Board.Post(LiveAdmin.Boot(LiveAdmin.Booted, posted++ % 2 == 0 ? BootPhase.Kernel : BootPhase.Initrd), entered: true);
            if (posted % 100 == 0) await Task.Delay(1, limit.Token);
        }

        Assert.Equal(1, admin.Running);
        Assert.False(reading.IsCompleted);
    }
}
