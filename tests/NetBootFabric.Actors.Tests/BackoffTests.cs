using NetBootFabric.Actors.Pattern;

namespace NetBootFabric.Actors.Tests;

public sealed class BackoffTests : VirtualTest
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private IActorRef Start(int retries = -1) => Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Props.Create<Ledger>("a", TestActor), "ledger", Second, Second * 4, 0, retries)), "supervisor");

    [Fact]
    public void A_child_that_stops_is_started_again_after_longer_and_longer_pauses()
    {
        Store.RecoveryFault = _ => new IOException("no disk");
        Start();
        var starts = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            FishForMessage<string>(text => text == "stopped", TimeSpan.FromSeconds(10));
            starts.Add(Runtime.TimeProvider.Elapsed.TotalSeconds);
        }
        Assert.Equal([0, 1, 3, 7, 11], starts);
    }

    [Fact]
    public void A_child_that_ran_well_starts_again_after_the_shortest_pause()
    {
        var supervisor = Start();
        for (var i = 0; i < 3; i++)
        {
            ExpectMsg("recovered 0 at 0", TimeSpan.FromSeconds(2));
            Runtime.Advance(Second * 2);
            supervisor.Tell(new Stop());
            ExpectMsg("stopped");
        }
        ExpectMsg("recovered 0 at 0", Second);
    }

    [Fact]
    public void After_too_many_starts_the_supervisor_stops()
    {
        Store.RecoveryFault = _ => new IOException("no disk");
        IgnoreMessages<string>();
        var supervisor = Start(retries: 2);
        Watch(supervisor);
        ExpectTerminated(supervisor, TimeSpan.FromSeconds(10));
    }
}
