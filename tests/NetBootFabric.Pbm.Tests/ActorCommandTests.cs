namespace NetBootFabric.Pbm.Tests;

/// <summary>Petabridge.Cmd's words.</summary>
[Collection("console")]
public sealed class ActorCommandTests : LiveCommands
{
    [Fact]
    public async Task Who_leads_is_told()
    {
        var (code, said) = await RunAsync("cluster", "leader");
        Assert.Equal((0, "head1 leads, as head1 sees it."), (code, said.Trim()));
    }

    [Fact]
    public async Task A_lone_head_node_is_up_and_others_are_not_known()
    {
        Assert.Contains("head1 is up, and alone", (await RunAsync("cluster", "status")).Said, StringComparison.Ordinal);
        var (code, said) = await RunAsync("cluster", "status", "head2");
        Assert.Equal(1, code);
        Assert.Contains("there is no head node 'head2'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("join", "head2", "start netbootd on head2")]
    [InlineData("down", "head1", "systemctl stop netbootd")]
    public async Task What_has_no_meaning_says_what_to_do_instead(string word, string node, string instead)
    {
        var (code, said) = await RunAsync("cluster", word, node);
        Assert.Equal(1, code);
        Assert.Contains(instead, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regions_and_their_shards_are_counted()
    {
        var (_, said) = await RunAsync("cluster-sharding", "list-regions");
        Assert.Matches(@"client +head1 +2 +42", said);
        (_, said) = await RunAsync("cluster-sharding", "region-stats", "--type", "client");
        Assert.Matches(@"client +head1 +12 +40", said);
    }

    [Fact]
    public async Task The_tree_of_actors_says_what_it_leaves_out()
    {
        var (code, said) = await RunAsync("actor", "hierarchy");
        Assert.Equal(0, code);
        Assert.Contains("user  GuardianActor  (59 more below)", said, StringComparison.Ordinal);
        Assert.Contains("  heads  HeadPeers", said, StringComparison.Ordinal);
        (code, said) = await RunAsync("actor", "hierarchy", "--start", "/user/none");
        Assert.Equal(1, code);
        Assert.Contains("there is no actor /user/none", said, StringComparison.Ordinal);
    }
}
