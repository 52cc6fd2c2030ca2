using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

public sealed class ServicePlanTests
{
    private static readonly Ipv4Address Address = Ipv4Address.Parse("10.77.0.11");

    /// <summary>The address's home is a; what each member does, said as "a takes", "b gives to a".</summary>
    [Theory]
    [InlineData(null, "a b c", "a takes")]
    [InlineData("a", "a b c", "a keeps")]
    [InlineData("b", "a b c", "b gives to a")]
    [InlineData("b", "b c", "b keeps")]
    [InlineData("b", "joining:a b c", "b keeps")]
    [InlineData("b", "leaving:a b c", "b keeps")]
    [InlineData("a", "joining:a b c", "a keeps")]
    [InlineData("a", "leaving:a", "a keeps")]
    [InlineData("a", "leaving:a b", "a gives to b")]
    [InlineData("a", "leaving:a joining:b", "a keeps")]
    [InlineData("a", "leaving:a leaving:b c", "a gives to c")]
    [InlineData("b", "leaving:b a", "b gives to a")]
    [InlineData("a", "b", "b takes")]
    [InlineData("a", "leaving:b c", "c takes")]
    [InlineData("a", "joining:b", "")]
    [InlineData("c", "a b", "a takes")]
    [InlineData(null, "joining:a", "")]
    [InlineData(null, "", "")]
    public void Each_does_this(string? holder, string members, string expected)
    {
        var row = new ServiceAddressRow(Address, "a", holder, 7);
        var known = Members(members);
        var done = known.Select(member => Say(member.Name, ServicePlan.Make([row], known, member.Name))).Where(said => said.Length > 0).Order();
        Assert.Equal(expected, string.Join(", ", done));
    }

    [Fact]
    public void One_that_is_not_known_to_be_a_member_yet_keeps_what_stands_under_its_name()
    {
        var row = new ServiceAddressRow(Address, "a", "c", 7);
        Assert.Equal("c keeps", Say("c", ServicePlan.Make([row], Members("a b"), "c")));
        Assert.Equal("", Say("d", ServicePlan.Make([row with { Holder = null }], Members("a b"), "d")));
    }

    [Fact]
    public void What_has_no_home_that_is_up_is_spread_by_weight_and_moves_only_from_one_that_goes()
    {
        var rows = Enumerable.Range(0, 4000).Select(i => new ServiceAddressRow(new Ipv4Address(0x0A4D0000u + (uint)i), "gone", null, 1)).ToArray();
        ServiceMember[] four = [new("a", 1, ServiceStanding.Up), new("b", 1, ServiceStanding.Up), new("c", 2, ServiceStanding.Up), new("d", 4, ServiceStanding.Up)];
        var before = four.ToDictionary(each => each.Name, each => Taken(rows, four, each.Name));
        Assert.Equal(rows.Length, before.Values.Sum(taken => taken.Count)); // each exactly once
        foreach (var member in four) Assert.InRange(before[member.Name].Count, 500 * member.Weight * 0.85, 500 * member.Weight * 1.15);

        var three = four.Where(each => each.Name != "d").ToArray();
        foreach (var member in three) Assert.Superset(before[member.Name], Taken(rows, three, member.Name));
    }

    private static HashSet<Ipv4Address> Taken(ServiceAddressRow[] rows, ServiceMember[] members, string self) =>
        [.. ServicePlan.Make(rows, members, self).Take.Select(row => row.Address)];

    private static string Say(string self, ServicePlan plan) => plan switch
    {
        { Keep.Count: 1, Take.Count: 0, Give.Count: 0 } => $"{self} keeps",
        { Keep.Count: 0, Take.Count: 1, Give.Count: 0 } => $"{self} takes",
        { Keep.Count: 0, Take.Count: 0, Give: [var handOver] } => $"{self} gives to {handOver.To}",
        { Keep.Count: 0, Take.Count: 0, Give.Count: 0 } => "",
        _ => "more than one thing",
    };

    private static ServiceMember[] Members(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(':')).Select(parts => new ServiceMember(
            parts[^1], 100, parts.Length == 1 ? ServiceStanding.Up : Enum.Parse<ServiceStanding>(parts[0], ignoreCase: true)))];
}
