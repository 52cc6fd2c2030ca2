using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>A head node dies in the middle of a transfer, and another one goes on with it at the same address and port.</summary>
public sealed class TakeOverTests : IDisposable
{
    private readonly HeadNodePair _nodes = new();

    public void Dispose() => _nodes.Dispose();

    [Theory]
    [InlineData("", 512, 1, 3_000_000, 2000)]
    [InlineData("", 512, 1, 3_000_000, 1)]
    [InlineData("blksize=1408,windowsize=16,tsize=0", 1408, 16, 8_000_000, 3000)] // 3000 = 187 windows + 8
    [InlineData("blksize=1408,windowsize=16,tsize=0", 1408, 16, 8_000_000, 3200)] // at the end of a window
    [InlineData("blksize=65464,windowsize=4", 65464, 4, 10_000_000, 50)]
    [InlineData("windowsize=64", 512, 64, 40_000_000, 65_536)] // at the roll-over
    [InlineData("windowsize=64", 512, 64, 40_000_000, 70_001)] // behind it
    [InlineData("blksize=1000,timeout=2", 1000, 1, 1_000_000, 1001)] // only the empty last block's ACK is missing
    public void The_client_gets_the_same_bytes_without_asking_again(string options, int blockSize, int windowSize, int length, int dies)
    {
        var file = _nodes.First.Content.Add("kernel", length);
        using var client = new PatientClient(_nodes.First.Port) { Pause = (dies, Change) };
        Assert.True(file.AsSpan().SequenceEqual(client.Get("kernel", options, blockSize, windowSize)));

        var done = _nodes.Second.Events.Await(e => e.Stage == TransferStage.Done);
        Assert.Equal((length, (long?)length, "kernel", ContentRole.Kernel, (MacAddress?)new MacAddress(1)), (done.Bytes, done.Length, done.Path, done.Role, done.Client));
        Assert.Equal((1, 1, 1L), (_nodes.Second.Content.Opened, _nodes.Second.Content.Closed, _nodes.Second.Metrics.TakenOver));
        Assert.Equal(0, _nodes.Second.Metrics.Active);
        Assert.Equal(0, _nodes.Ledger.Count);
        var taken = _nodes.Second.Events.All[0];
        Assert.Equal((TransferStage.Progress, "taken over from first", done.Transfer), (taken.Stage, taken.Detail, taken.Transfer));
        Assert.DoesNotContain(_nodes.First.Events.All, e => e.Stage is TransferStage.Failed or TransferStage.Done);
    }

    [Fact]
    public async Task A_whole_room_goes_on()
    {
        const int Clients = 40;
        var file = _nodes.First.Content.Add("kernel", 3_000_000);
        using var started = new CountdownEvent(Clients);
        using var go = new ManualResetEventSlim();
        var downloads = Enumerable.Range(0, Clients).Select(_ => Task.Factory.StartNew(Download, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Assert.True(started.Wait(TimeSpan.FromSeconds(30)));
        go.Set();
        Assert.True(SpinWait.SpinUntil(() => _nodes.First.Metrics.Bytes > Clients * file.Length / 3L, TimeSpan.FromSeconds(30)));
        Change();
        foreach (var got in await Task.WhenAll(downloads)) Assert.True(file.AsSpan().SequenceEqual(got));
        Assert.True(SpinWait.SpinUntil(() => _nodes.Second.Metrics.Active == 0, TimeSpan.FromSeconds(30)));
        Assert.InRange(_nodes.Second.Metrics.TakenOver, 1, Clients);
        Assert.DoesNotContain(_nodes.Second.Events.All, e => e.Stage == TransferStage.Failed);

        byte[] Download()
        {
            using var client = new PatientClient(_nodes.First.Port) { Pause = (10, Wait) };
            var got = client.Get("kernel", "blksize=1408,windowsize=8", 1408, 8);
            Assert.Null(client.Error);
            return got;
        }

        void Wait()
        {
            started.Signal();
            go.Wait();
        }
    }

    [Theory]
    [InlineData("", 512, 1)]
    [InlineData("blksize=1408,windowsize=16", 1408, 16)]
    public void What_is_lost_while_nobody_has_the_address_is_repeated(string options, int blockSize, int windowSize)
    {
        var file = _nodes.First.Content.Add("kernel", 2_000_000);
        using var client = new PatientClient(_nodes.First.Port) { Pause = (1000, _nodes.KillFirst), Silence = StartSecond };
        Assert.True(file.AsSpan().SequenceEqual(client.Get("kernel", options, blockSize, windowSize)));
        Assert.Equal(1, _nodes.Second.Metrics.TakenOver);
    }

    [Fact]
    public void The_ACK_of_an_OACK_is_enough_to_go_on()
    {
        _nodes.First.Content.Add("kernel", 5000);
        using var client = _nodes.First.Client();
        client.Ask("kernel", "tsize=0,windowsize=4");
        client.Next();
        Change();
        client.Ack(0);
        Assert.Equal("DATA 1 512", client.NextBut("OACK tsize=5000,windowsize=4"));
    }

    [Fact]
    public void A_probe_for_the_size_is_ended_at_the_other_node()
    {
        _nodes.First.Content.Add("kernel", 5000);
        using var client = _nodes.First.Client();
        client.Ask("kernel", "tsize=0");
        client.Next();
        Change();
        client.Error(8);
        var aborted = _nodes.Second.Events.Await(e => true);
        Assert.Equal((TransferStage.Aborted, TransferFailure.None, "kernel"), (aborted.Stage, aborted.Failure, aborted.Path));
        Assert.Equal(0, _nodes.Ledger.Count);
        client.Ack(0);
        Assert.Equal("ERROR 5 unknown transfer", client.NextBut("OACK tsize=5000"));
    }

    [Fact]
    public void A_file_of_another_time_and_the_same_content_is_the_same()
    {
        var file = _nodes.First.Content.Add("kernel", 100_000);
        using var client = new PatientClient(_nodes.First.Port) { Pause = (50, () => Change(content => (content.ETag, _) = ("2", content.Add("kernel", 100_000)))) };
        Assert.Equal(file, client.Get("kernel", "", 512, 1));
    }

    [Theory]
    [InlineData(100_000, "the file has changed")]
    [InlineData(100_001, "the file has changed")]
    [InlineData(0, "file not found")]
    public void Another_file_ends_the_transfer_with_an_ERROR(int length, string error)
    {
        _nodes.First.Content.Add("kernel", 100_000);
        using var client = new PatientClient(_nodes.First.Port) { Pause = (50, () => Change(Other)) };
        client.Get("kernel", "", 512, 1);
        Assert.Equal(error, client.Error);
        _nodes.Second.Events.Await(e => e.Stage == TransferStage.Failed);
        Assert.Equal((0, 0L), (_nodes.Ledger.Count, _nodes.Second.Metrics.Active));
        Assert.Equal(_nodes.Second.Content.Opened, _nodes.Second.Content.Closed);

        void Other(MemoryContent content)
        {
            content.ETag = "2";
            if (length > 0) content.Add("kernel", [.. Enumerable.Repeat((byte)7, length)]);
        }
    }

    [Fact]
    public void ACKs_while_the_file_is_being_opened_open_it_once()
    {
        _nodes.First.Content.Add("kernel", 100_000);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = _nodes.First.Client();
        client.Ask("kernel");
        client.Next();
        Change(content =>
        {
            content.Gate = gate.Task;
            content.Add("kernel", 100_000);
        });
        for (var i = 0; i < 5; i++) client.Ack(1);
        Assert.True(SpinWait.SpinUntil(() => _nodes.Second.Metrics.Ignored == 4, TimeSpan.FromSeconds(30)));
        gate.SetResult();
        Assert.Equal("DATA 2 512", client.NextBut("DATA 1 512"));
        Assert.Equal(1, _nodes.Second.Content.Opened);
    }

    [Fact]
    public void An_ACK_that_fits_no_known_transfer_is_an_unknown_one()
    {
        _nodes.First.Content.Add("kernel", 100_000);
        using var client = _nodes.First.Client();
        client.Ask("kernel");
        client.Next();
        Change();
        client.Ack(400); // the file has 196 blocks
        Assert.Equal("ERROR 5 unknown transfer", client.NextBut("DATA 1 512"));
        client.Ack(1);
        Assert.Equal("DATA 2 512", client.NextBut("DATA 1 512"));
    }

    [Fact]
    public void Transfers_of_an_address_that_moved_away_end_without_a_word()
    {
        _nodes.First.Content.Add("kernel", 100_000);
        using var client = _nodes.First.Client("127.0.0.1");
        using var other = _nodes.First.Client("127.0.0.2");
        foreach (var each in new[] { client, other })
        {
            each.Ask("kernel");
            Assert.Equal("DATA 1 512", each.Next());
        }
        _nodes.First.Abandon("127.0.0.1");
        Assert.True(SpinWait.SpinUntil(() => _nodes.First.Metrics.Active == 1, TimeSpan.FromSeconds(30)));
        Assert.Equal(1, _nodes.First.Content.Closed);
        other.Ack(1);
        Assert.Equal("DATA 2 512", other.NextBut("DATA 1 512"));
        client.SendToListener([0, 4, 0, 0]);
        Assert.Equal("ERROR 4 not a read request", client.NextBut("DATA 1 512")); // its answer, and nothing of the transfer
        Assert.DoesNotContain(_nodes.First.Events.All, e => e.Stage != TransferStage.Started);
        Assert.Equal(2, _nodes.Ledger.Count); // another node may go on with both
    }

    [Fact]
    public void A_node_that_sleeps_finds_its_transfer_elsewhere_and_says_nothing()
    {
        _nodes.First.Content.Add("kernel", 100_000);
        using var client = _nodes.First.Client();
        client.Ask("kernel");
        client.Next();
        var known = Assert.Single(_nodes.Ledger.All);
        _nodes.Ledger.Opened(known); // as the second does when it takes it
        Assert.True(SpinWait.SpinUntil(() => _nodes.First.Metrics.Active == 0, TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain(_nodes.First.Events.All, e => e.Stage != TransferStage.Started);
        Assert.Equal("second", Assert.Single(_nodes.Ledger.All).Node);
    }

    private void Change() => Change(Same);

    private void Change(Action<MemoryContent> files)
    {
        _nodes.KillFirst();
        _nodes.StartSecond(files);
    }

    private void StartSecond() => _nodes.StartSecond(Same);

    private void Same(MemoryContent content) => content.Add("kernel", _nodes.First.Content["kernel"]);
}
