using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Catalog;

public sealed class CatalogKeeperTests : IAsyncLifetime
{
    private LiveCatalog _live = null!;

    public async Task InitializeAsync() => _live = await LiveCatalog.StartAsync();

    public Task DisposeAsync()
    {
        _live.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void The_file_is_taken_into_an_empty_store()
    {
        Assert.Equal(1, _live.Keeper.Current.Revision);
        Assert.Equal((3, 2, 2), (_live.Keeper.Current.Nodes.Count, _live.Keeper.Current.Groups.Count, _live.Keeper.Current.Profiles.Count));
        Assert.Empty(_live.Said);
    }

    [Fact]
    public void A_node_is_what_it_says_itself_and_then_what_the_nearest_group_says()
    {
        var node = _live.Node("n001");

        Assert.Equal(("rescue", BootIntent.Local), (node.Profile, node.Intent));
        Assert.Equal("rack1 room", string.Join(' ', node.Groups));
        Assert.Equal("a r1 ttyS1 3", string.Join(' ', new[] { "site", "rack", "console", "slot" }.Select(name => node.Variables[name])));
        Assert.Equal(new NodeBmc("bmc1", "redfish", "lab"), node.Bmc);
        Assert.Equal(("default", BootIntent.Once), (_live.Node("n002").Profile, _live.Node("n002").Intent));
        Assert.Equal((null, BootIntent.Always), (_live.Node("n003").Profile, _live.Node("n003").Intent));
    }

    [Fact]
    public async Task A_change_is_in_force_and_in_the_store()
    {
        var done = (await _live.SetAsync("n003", """{ "profile": "rescue", "vars": { "rack": "r9" } }""")).Done!;

        Assert.Equal((2, 1), (done.Revision, done.Changed));
        Assert.Equal("rescue", _live.Node("n003").Profile);
        using var another = _live.Another();
        await another.LoadAsync(default);
        Assert.Equal(2, another.Current.Revision);
        Assert.Equal("r9", another.Room.Nodes.Values.Single(node => node.Name == "n003").Variables["rack"]);
    }

    [Fact]
    public async Task What_another_head_node_wrote_is_read_once_it_is_told()
    {
        using var another = _live.Another();
        await another.LoadAsync(default);
        await _live.SetAsync("all", """{ "intent": "hold" }""");
        Assert.DoesNotContain(another.Room.Nodes.Values, node => node.Intent == BootIntent.Hold);
        var taken = new TaskCompletionSource();
        another.Changed += _ => taken.TrySetResult();
        another.CatchUp(2);
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.All(another.Room.Nodes.Values, node => Assert.Equal(BootIntent.Hold, node.Intent));
    }

    [Fact]
    public async Task Who_did_not_hear_of_anothers_change_makes_his_own_on_top_of_it()
    {
        using var another = _live.Another();
        await another.LoadAsync(default);
        await _live.SetAsync("n003", """{ "profile": "rescue" }""");
        var outcome = await another.ApplyAsync(new CatalogDocument { Nodes = [new NodeSpec { Mac = "52:54:00:77:00:09", Name = "n009" }] }, dryRun: false);

        Assert.Equal(3, outcome.Done!.Revision);
        Assert.Equal("rescue", another.Room.Nodes.Values.Single(node => node.Name == "n003").Profile);
    }

    [Fact]
    public async Task Two_head_nodes_that_add_the_same_name_do_not_both_succeed()
    {
        using var another = _live.Another();
        await another.LoadAsync(default);
        Assert.NotNull((await _live.ApplyAsync("nodes: [{ mac: 525400770008, name: n008 }]")).Done);
        var second = await another.ApplyAsync(new CatalogDocument { Nodes = [new NodeSpec { Mac = "52:54:00:77:00:08", Name = "n008b" }] }, dryRun: false);

        // The row was there meanwhile: what is written is judged by what is there.
        Assert.Equal("changed", Assert.Single(second.Done!.Changes).Change);
        var clash = await another.ApplyAsync(new CatalogDocument { Nodes = [new NodeSpec { Mac = "52:54:00:77:00:07", Name = "n008b" }] }, dryRun: false);
        Assert.Equal(422, clash.Refusal!.Status);
    }

    [Theory]
    [InlineData("nodes: [{ mac: 525400770009, name: n001 }]", "the name n001 is already that of node n001")]
    [InlineData("nodes: [{ mac: 525400770009, ip: 10.77.0.11 }]", "the address 10.77.0.11 is already that of")]
    [InlineData("nodes: [{ mac: 525400770009, ip: 10.78.0.11 }]", "10.78.0.11 is in no subnet; write an address of 10.77.0.0/16")]
    [InlineData("nodes: [{ mac: 525400770009, ip: 10.77.0.1 }]", "10.77.0.1 is the router's")]
    [InlineData("nodes: [{ mac: 525400770009, group: rack2 }]", "there is no group 'rack2'; write rack1")]
    [InlineData("nodes: [{ mac: 525400770009, profile: resque }]", "there is no profile 'resque'; write rescue")]
    [InlineData("nodes: [{ mac: 525400770009, next: resque }]", "there is no profile 'resque'; write rescue")]
    [InlineData("nodes: [{ mac: 525400770009, intent: wait }]", "'wait' is no value of 'intent'")]
    [InlineData("nodes: [{ mac: 525400770009, vars: { a b: 1 } }]", "'a b' is no name of a variable")]
    [InlineData("nodes: [{ mac: 525400770009, vars: { a: \"x\\ny\" } }]", "holds a line break")]
    [InlineData("nodes: [{ mac: 525400770009, name: \"<b>\" }]", "'<b>' is no host name")]
    [InlineData("groups: { room: { parent: rack1 } }", "is its own parent")]
    [InlineData("groups: { x: { bmc: { address: a } } }", "a group's 'bmc' has an address")]
    [InlineData("groups: { \"a/b\": { } }", "'a/b' is no name of a group")]
    [InlineData("profiles: { x: { kernel: ../etc/passwd } }", "leads out of 'files'")]
    [InlineData("profiles: { x: { kernel: k, templates: { up: a } } }", "stands for something else")]
    [InlineData("profiles: { x: { kernel: k, templates: { a/b: a } } }", "is no name of a template")]
    public async Task What_does_not_fit_is_refused_and_changes_nothing(string yaml, string says)
    {
        var outcome = await _live.ApplyAsync(yaml);

        Assert.Equal(422, outcome.Refusal!.Status);
        Assert.Contains(outcome.Refusal.Mistakes!, mistake => mistake.Contains(says, StringComparison.Ordinal));
        Assert.Equal(1, _live.Keeper.Current.Revision);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        var done = (await _live.ApplyAsync("""
            profiles: { new: { kernel: k } }
            nodes:
              - { mac: "52:54:00:77:00:02", name: n002, group: room, profile: new, intent: once }
              - { mac: "52:54:00:77:00:03", name: n003 }
            """, dryRun: true)).Done!;

        Assert.Equal((true, 1, 2, 1), (done.DryRun, done.Revision, done.Changed, done.Unchanged));
        Assert.Equal(["added", "changed"], done.Changes.Select(change => change.Change));
        Assert.Equal(new FieldDifference("profile", "default", "new"), Assert.Single(done.Changes[1].Fields));
        Assert.Equal(1, _live.Keeper.Current.Revision);
    }

    [Fact]
    public async Task Applying_the_same_again_changes_nothing() => Assert.Equal((0, 7), await _live.ApplyAsync(LiveCatalog.Yaml) is { Done: { } done } ? (done.Changed, done.Unchanged) : default);

    [Fact]
    public async Task Pruning_removes_what_a_section_does_not_name_and_leaves_absent_sections_alone()
    {
        var done = (await _live.ApplyAsync("nodes: [{ mac: 525400770003, name: n003 }]", prune: true)).Done!;

        Assert.Equal(2, done.Changed);
        Assert.Equal(["n003"], _live.Keeper.Room.Nodes.Values.Select(node => node.Name));
        Assert.Equal(2, _live.Keeper.Current.Groups.Count);
    }

    [Fact]
    public async Task An_intent_and_a_next_profile_that_are_given_again_are_armed_again()
    {
        await _live.SetAsync("n002", """{ "next": "rescue", "intent": "once" }""");
        var first = _live.Node("n002");
        await _live.SetAsync("n002", """{ "vars": { "a": "b" } }""");
        Assert.Equal((first.NextOrder, first.IntentOrder), (_live.Node("n002").NextOrder, _live.Node("n002").IntentOrder));
        await _live.SetAsync("n002", """{ "next": "rescue" }""");
        Assert.True(_live.Node("n002").NextOrder > first.NextOrder);
        Assert.Equal(first.IntentOrder, _live.Node("n002").IntentOrder);
        await _live.SetAsync("n002", """{ "intent": "once" }""");
        Assert.True(_live.Node("n002").IntentOrder > first.IntentOrder);
    }

    [Fact]
    public async Task Values_that_no_loader_would_hand_on_are_told_when_they_are_written()
    {
        await _live.ApplyAsync("profiles: { default: { kernel: vmlinuz, cmdline: \"console=${console} ${more}\" } }");
        await _live.SetAsync("n003", """{ "vars": { "more": "quiet rd.debug" } }""");
        Assert.Contains("profile 'default' uses the variable 'console', which for n003 holds a blank, a quote or another character",
            Assert.Single((await _live.SetAsync("n003", """{ "vars": { "console": "tty0 quiet" } }""")).Done!.Warnings),
            StringComparison.Ordinal);
        Assert.Empty((await _live.SetAsync("n003", """{ "vars": { "console": "ttyS0,115200n8;x=$y" } }""")).Done!.Warnings);
    }

    [Fact]
    public async Task Variables_that_a_profile_needs_and_nobody_sets_are_told()
    {
        var done = (await _live.ApplyAsync("profiles: { default: { kernel: vmlinuz, cmdline: \"console=${console} x=${name}\" } }")).Done!;
        Assert.Contains("profile 'default' uses the variable 'console', which is not set for n003", Assert.Single(done.Warnings), StringComparison.Ordinal);
        Assert.Empty((await _live.SetAsync("n003", """{ "vars": { "console": "tty0" } }""")).Done!.Warnings);
    }

    [Fact]
    public async Task A_file_that_differs_from_the_store_is_told_and_does_not_count()
    {
        await _live.SetAsync("n003", """{ "profile": "rescue" }""");
        var warnings = _live.Keeper.Reconfigure(_live.Options.Room, _live.Options.Catalog);

        Assert.Contains("1 of the file's nodes, groups and profiles are not as the fabric has them (node 52:54:00:77:00:03)", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal("rescue", _live.Node("n003").Profile);
    }

    [Fact]
    public async Task New_subnets_are_in_force_at_once_and_an_address_outside_of_them_keeps_nobody_from_changing_another_node()
    {
        var moved = ConfigurationReader.Read(LiveCatalog.Yaml.Replace("10.77.", "10.78.", StringComparison.Ordinal), "f").Options!;
        _live.Keeper.Reconfigure(moved.Room, moved.Catalog);
        Assert.Equal("10.78.0.0/16", Assert.Single(_live.Keeper.Room.Subnets).Network.ToString());

        Assert.NotNull((await _live.SetAsync("n003", """{ "profile": "rescue" }""")).Done);
        Assert.Equal(422, (await _live.SetAsync("n003", """{ "ip": "10.77.0.13" }""")).Refusal!.Status);
    }

    [Fact]
    public async Task While_the_store_is_away_changes_are_refused_and_what_is_held_goes_on()
    {
        _live.Store.Dispose();
        var refusal = (await _live.SetAsync("n003", """{ "profile": "rescue" }""")).Refusal!;

        Assert.Equal(503, refusal.Status);
        Assert.Contains("nothing was changed, since the store can't be written now", refusal.Error, StringComparison.Ordinal);
        Assert.Equal(3, _live.Keeper.Room.Nodes.Count);
    }

    [Fact]
    public async Task Pools_stay_as_they_are_when_no_address_changes()
    {
        var before = _live.Keeper.Room.FixedAddresses;
        await _live.SetAsync("all", """{ "intent": "hold" }""");
        Assert.Same(before, _live.Keeper.Room.FixedAddresses);
        await _live.SetAsync("n003", """{ "ip": "10.77.0.13" }""");
        Assert.Equal(2, _live.Keeper.Room.FixedAddresses.Count);
    }
}
