using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Tests.Clients;

/// <summary>A client that is told to wait for its turn.</summary>
public sealed class TurnStoryTests
{
    private readonly Story _story = new Story().Exchange(1, ClientStage.Ipxe).Arp();

    [Fact]
    public void It_waits_for_minutes_without_failing_and_without_a_download_for_each_time_that_it_asks()
    {
        for (var i = 0; i < 30; i++) _story.Load(ContentRole.Turn, "boot.ipxe").Silence(TimeSpan.FromSeconds(10));
        Assert.Equal(("Waiting", BootPhase.Resolved), (_story.Boot.PhaseName, _story.Boot.Phase));
        Assert.Empty(_story.Boot.Downloads);
    }

    [Fact]
    public void It_goes_on_when_it_gets_its_script()
    {
        _story.Load(ContentRole.Turn, "boot.ipxe").Load(ContentRole.Script, "boot.ipxe");
        Assert.Equal("Script", _story.Boot.PhaseName);
        Assert.False(_story.Boot.AwaitsTurn);
    }

    [Fact]
    public void The_end_of_a_download_from_before_does_not_end_its_wait()
    {
        _story.Begin(ContentRole.Loader, "undionly.kpxe").Load(ContentRole.Turn, "boot.ipxe").Fail(ContentRole.Loader, "undionly.kpxe", TransferFailure.ClientError);
        Assert.True(_story.Boot.AwaitsTurn);
    }

    [Fact]
    public void Who_asks_no_more_has_failed()
    {
        _story.Load(ContentRole.Turn, "boot.ipxe").Silence(BootMachine.NetworkPatience);
        Assert.Equal("Failed", _story.Boot.PhaseName);
    }
}
