using NetBootFabric.AdminApi.Why;
using NetBootFabric.EndToEnd.Tests.Lab.Troubles;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Each cause of a boot that fails, made to happen with real packets, and what pbm why makes of it.</summary>
public sealed class FailureCauses(TroubledRoom room, ITestOutputHelper output) : IClassFixture<TroubledRoom>
{
    public static TheoryData<string> Troubles => [.. TroubleTable.All.Keys];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task It_is_named_with_its_step_its_evidence_and_what_to_do(string name)
    {
        var trouble = TroubleTable.All[name];
        var view = await room.SeenAsync(name);

        Show(view);
        Assert.Matches(trouble.Sentence, view.Sentence);
        Assert.NotEmpty(view.Remedy!);
        Assert.NotEmpty(view.Evidence);
    }

    /// <summary>65 seconds of silence are a PXE ROM's whole patience.</summary>
    [Fact]
    public async Task Who_stays_silent_has_failed_by_the_same_cause()
    {
        foreach (var (name, trouble) in TroubleTable.All.Where(each => each.Value.Fails))
            Assert.Equal(trouble.Cause, (await room.WhyAsync(TroubledRoom.MacOf(name), view => view.Standing == "Failed")).Cause);
    }

    [Fact]
    public async Task A_node_that_was_never_heard_of_is_told_from_one_that_does_not_answer()
    {
        var view = await room.WhyAsync("unheard", _ => true);
        Show(view);
        Assert.Equal(("Unheard", "NeverHeard"), (view.Standing, view.Cause));
    }

    [Theory]
    [InlineData("52:54:00:77:ee:03", "Held", "the operator holds it")]
    [InlineData("52:54:00:77:ee:04", "LocalDisk", "it boots from its own disk")]
    public async Task What_the_operator_wants_is_no_failure(string mac, string standing, string sentence)
    {
        using var machine = await room.PlugAsync(mac);
        machine.Discover();
        var view = await room.WhyAsync(machine, view => view.Standing == standing);

        Show(view);
        Assert.StartsWith(sentence, view.Sentence, StringComparison.Ordinal);
        Assert.Null(view.Cause);
    }

    [Fact]
    public async Task pbm_why_lists_them_all_by_cause_and_names_the_other_DHCP_server()
    {
        await Task.WhenAll(TroubleTable.All.Keys.Select(room.SeenAsync));
        var said = await room.Head.PbmAsync("why");
        output.WriteLine(said);

        foreach (var cause in TroubleTable.All.Values.Select(trouble => trouble.Cause).Where(cause => cause is not ("DiedBeforeReport" or "Restarted" or "SlowLink"))) Assert.Contains(cause, said, StringComparison.Ordinal);
        Assert.Contains($"another DHCP server, {TroubleTable.OtherServer}", said, StringComparison.Ordinal);
        Assert.Contains("lured: OFFER sent once, no REQUEST: another DHCP server answered (10.77.0.3).", await room.Head.PbmAsync("why", "lured"), StringComparison.Ordinal);
    }

    private void Show(WhyView view) => output.WriteLine($"{view.Name}: {view.Sentence}\n  {view.Standing} at {view.Step}: {view.Cause}\n  To do: {view.Remedy}\n  {string.Join("\n  ", view.Evidence)}");
}
