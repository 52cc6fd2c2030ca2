using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Clients.Why;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Tests.Clients;
using NetBootFabric.Boot.Tests.Dhcp;

namespace NetBootFabric.Boot.Tests.Field;

/// <summary>What firmware writes in its own way, and what is told of it.</summary>
public sealed class SpellingStoryTests
{
    private static Diagnosis Explain(Story story) =>
        Diagnoses.Explain(new ClientFacts { State = story.State, Room = DhcpRoom.Usual, Now = story.Now });

    /// <summary>Boards with SMBIOS' byte order in one firmware stage and the network's in the next.</summary>
    [Fact]
    public void A_UUID_in_the_other_byte_order_is_the_same_UUID()
    {
        var (uuid, swapped) = (Guid.Parse("9402de03-8004-0605-0000-000000000001"), Guid.Parse("03de0294-0480-0506-0000-000000000001"));
        var story = new Story().DiscoverAs(uuid).DiscoverAs(swapped).DiscoverAs(uuid).DiscoverAs(swapped);

        Assert.Equal((uuid.ToString(), "", 0),
            (story.State.Attributes.Uuid, story.State.Attributes.EarlierUuid, story.State.Attributes.UuidReturns));
        Assert.NotEqual(FailureCause.DuplicateMac, Explain(story).Cause);
    }

    [Fact]
    public void Two_machines_are_found_out_in_either_byte_order()
    {
        var (one, other) = (Guid.Parse("9402de03-8004-0605-0000-000000000001"), Guid.Parse("11111111-2222-3333-0000-000000000002"));
        var story = new Story().DiscoverAs(one).DiscoverAs(other).DiscoverAs(Guid.Parse("03de0294-0480-0506-0000-000000000001"));
        Assert.Equal(FailureCause.DuplicateMac, Explain(story).Cause);
    }

    [Fact]
    public void A_name_that_is_no_text_is_laid_at_shims_door()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Loader, "shimx64.efi.signed")
            .Fail(ContentRole.Other, "grub/\ufffdOnboard", TransferFailure.NotFound)
            .Silence(TimeSpan.FromMinutes(11));
        var found = Explain(story);

        Assert.Contains("no name of a file: shim takes the text of the firmware's boot entry", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("another shim", found.Remedy, StringComparison.Ordinal);
    }
}
