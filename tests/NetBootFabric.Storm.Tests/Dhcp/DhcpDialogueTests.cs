using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Tests.Dhcp;

public sealed class DhcpDialogueTests
{
    private static readonly byte[] NoProxyWait = [176, 1, 1];

    private readonly SentFrames _wire = new();

    [Theory]
    [InlineData("pxe", new[] { 0.0, 4, 12, 28 }, 60)]
    [InlineData("uefi", new[] { 0.0, 4, 12, 28 }, 60)]
    [InlineData("ipxe", new[] { 0.0, 1, 3.1, 7.1 }, 15.1)]
    public void Without_a_server_the_DISCOVERs_come_when_the_firmware_sends_them(string firmware, double[] times, double end)
    {
        var dialogue = new DhcpDialogue(_wire.NewStation(), Manner(firmware));
        var (sent, over) = RunUnanswered(dialogue);
        Assert.Equal(times, sent);
        Assert.Equal(end, over);
        Assert.Equal(FailureStep.DhcpNoOffer, dialogue.Failure.Step);
        Assert.All(_wire.DhcpTypes, type => Assert.Equal(DhcpMessageType.Discover, type));
    }

    [Fact]
    public void IPXE_asks_twice_and_waits_three_seconds_when_nobody_says_that_there_is_no_proxy()
    {
        var dialogue = Start("ipxe");
        Answer(dialogue, new DhcpAnswers(), DhcpMessageType.Offer, 0.01);
        RunTo(dialogue, 3.1);
        Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Discover, DhcpMessageType.Request], _wire.DhcpTypes);
    }

    [Fact]
    public void IPXE_asks_at_once_when_the_OFFER_says_that_there_is_no_proxy()
    {
        var dialogue = Start("ipxe");
        Answer(dialogue, new DhcpAnswers { Ipxe = NoProxyWait }, DhcpMessageType.Offer, 0.01);
        Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Request], _wire.DhcpTypes);
    }

    [Fact]
    public void UEFI_takes_its_OFFER_when_the_retry_timer_runs_out()
    {
        var dialogue = Start("uefi");
        Answer(dialogue, new DhcpAnswers { VendorClass = "HTTPClient" }, DhcpMessageType.Offer, 0.01);
        Assert.Equal([DhcpMessageType.Discover], _wire.DhcpTypes);
        RunTo(dialogue, 4);
        Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Request], _wire.DhcpTypes);
    }

    [Theory]
    [InlineData("uefi", "http://10.77.0.1/a.efi", null)]
    [InlineData("pxe", "", null)]
    public void An_OFFER_that_does_not_say_what_to_boot_is_passed_over(string firmware, string file, string? vendorClass)
    {
        var dialogue = Start(firmware);
        Answer(dialogue, new DhcpAnswers { BootFile = file, VendorClass = vendorClass }, DhcpMessageType.Offer, 0.01);
        RunTo(dialogue, 60);
        Assert.Equal(FailureStep.DhcpOfferWithoutBootFile, dialogue.Failure.Step);
    }

    [Fact]
    public void An_ACK_ends_the_exchange_with_a_lease()
    {
        var dialogue = Bound(new DhcpAnswers());
        Assert.Equal(StepState.Done, dialogue.State);
        Assert.Equal((DhcpAnswers.Address, "pxelinux.0", DhcpAnswers.Server), (dialogue.Lease!.Address, dialogue.Lease.BootFile, dialogue.Lease.BootServer));
    }

    [Fact]
    public void A_NAK_ends_the_boot()
    {
        var dialogue = Start("lease");
        Answer(dialogue, new DhcpAnswers(), DhcpMessageType.Offer, 0.01);
        Answer(dialogue, new DhcpAnswers(), DhcpMessageType.Nak, 0.02);
        Assert.Equal(FailureStep.DhcpNak, dialogue.Failure.Step);
    }

    [Fact]
    public void REQUESTs_that_nobody_answers_end_the_boot()
    {
        var dialogue = Start("lease");
        Answer(dialogue, new DhcpAnswers(), DhcpMessageType.Offer, 0.01);
        RunTo(dialogue, 61);
        Assert.Equal(FailureStep.DhcpNoAck, dialogue.Failure.Step);
        Assert.Equal(4, _wire.DhcpTypes.Count(type => type == DhcpMessageType.Request));
    }

    [Fact]
    public void An_answer_to_another_transaction_is_passed_over()
    {
        var dialogue = Start("lease");
        var other = new SentFrames();
        var stranger = new DhcpDialogue(other.NewStation(seed: 2), Manner("lease"));
        stranger.Start(TimeSpan.Zero);
        Hand(dialogue, new DhcpAnswers().To(other.Datagrams.Single().Payload, DhcpMessageType.Offer), 0.01);
        Assert.Null(dialogue.OfferedAt);
    }

    private static DhcpManner Manner(string firmware) => firmware switch
    {
        "ipxe" => DhcpManners.IpxeRom,
        "uefi" => DhcpManners.UefiHttp,
        "lease" => DhcpManners.LeaseOnly,
        _ => DhcpManners.BiosPxe,
    };

    private DhcpDialogue Start(string firmware)
    {
        var dialogue = new DhcpDialogue(_wire.NewStation(), Manner(firmware));
        dialogue.Start(TimeSpan.Zero);
        return dialogue;
    }

    private DhcpDialogue Bound(DhcpAnswers answers)
    {
        var dialogue = Start("lease");
        Answer(dialogue, answers, DhcpMessageType.Offer, 0.01);
        Answer(dialogue, answers, DhcpMessageType.Ack, 0.02);
        return dialogue;
    }

    private (List<double> Sent, double Over) RunUnanswered(DhcpDialogue dialogue)
    {
        var sent = new List<double>();
        var (now, seen) = (TimeSpan.Zero, 0);
        dialogue.Start(now);
        while (dialogue.State == StepState.Going)
        {
            if (_wire.Frames.Count > seen) sent.Add(Math.Round(now.TotalSeconds, 3));
            seen = _wire.Frames.Count;
            now = dialogue.Deadline;
            dialogue.Expire(now);
        }
        return (sent, Math.Round(now.TotalSeconds, 3));
    }

    private static void RunTo(Step step, double seconds)
    {
        while (step.Deadline <= TimeSpan.FromSeconds(seconds)) step.Expire(step.Deadline);
    }

    private void Answer(DhcpDialogue dialogue, DhcpAnswers answers, DhcpMessageType type, double seconds) =>
        Hand(dialogue, answers.To(_wire.Datagrams.Last().Payload, type), seconds);

    private static void Hand(DhcpDialogue dialogue, byte[] reply, double seconds)
    {
        Assert.True(DhcpPacket.TryParse(reply, out var packet, out _));
        dialogue.OnDhcp(packet, TimeSpan.FromSeconds(seconds));
    }
}
