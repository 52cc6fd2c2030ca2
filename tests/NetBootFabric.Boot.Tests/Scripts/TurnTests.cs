using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Scripts;
using NetBootFabric.Boot.Storms;

namespace NetBootFabric.Boot.Tests.Scripts;

/// <summary>Scripts of machines that wait for their turn.</summary>
public sealed class TurnTests
{
    private static readonly Turn Turn412 = new(412, TimeSpan.FromSeconds(41), TimeSpan.FromSeconds(10));

    [Fact]
    public void Ipxe_says_its_place_and_asks_again() => Assert.Equal(
        """
        #!ipxe
        echo NetBoot Fabric: n001 waits for its turn: you are 412th, about 40 s
        :wait
        sleep 10
        chain --replace --autofree http://10.77.0.1/boot/52:54:00:77:00:01/boot.ipxe || goto wait

        """, IpxeScript.Render(Targets.Of() with { Turn = Turn412 }, Targets.Server).Text);

    [Fact]
    public void The_other_loaders_are_not_asked_to_wait()
    {
        Assert.DoesNotContain("412th", GrubConfig.Render(Targets.Of() with { Turn = Turn412 }, Targets.Server).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("412th", PxelinuxConfig.Render(Targets.Of() with { Turn = Turn412 }, Targets.Server, TransferProtocol.Tftp).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3, "1st, a few seconds")]
    [InlineData(2, 12, "2nd, about 10 s")]
    [InlineData(3, 119, "3rd, about 120 s")]
    [InlineData(11, 120, "11th, about 2 min")]
    [InlineData(112, 600, "112th, about 10 min")]
    [InlineData(121, 3600, "121st, about 60 min")]
    public void A_place_and_a_wait_are_no_more_exact_than_they_are_known(int position, int seconds, string text) =>
        Assert.Contains($"you are {text}\n", IpxeScript.Render(Targets.Of() with { Turn = new Turn(position, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(2)) }, Targets.Server).Text, StringComparison.Ordinal);
}
