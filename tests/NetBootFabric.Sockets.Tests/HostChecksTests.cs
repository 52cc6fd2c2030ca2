namespace NetBootFabric.Sockets.Tests;

public sealed class HostChecksTests
{
    private static readonly HostLimits Defaults = new(128, 512, 1024, 212_992, 4096, 1024);

    [Fact]
    public void A_room_of_ten_thousand_names_every_limit_with_the_line_that_sets_it()
    {
        var checks = HostChecks.Evaluate(Defaults, 10_000);
        Assert.All(checks, check => Assert.False(check.IsMet));
        Assert.Equal(
            [
                "sysctl -w net.ipv4.neigh.default.gc_thresh1=16384",
                "sysctl -w net.ipv4.neigh.default.gc_thresh2=65536",
                "sysctl -w net.ipv4.neigh.default.gc_thresh3=131072",
                "sysctl -w net.core.rmem_max=33554432",
                "sysctl -w net.core.somaxconn=16384",
                "LimitNOFILE=31024 in the unit, or ulimit -n 31024",
            ],
            checks.Select(check => check.Fix));
        Assert.StartsWith("net.ipv4.neigh.default.gc_thresh1 is 128, wanted 16384: ", checks[0].ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void A_small_room_is_content_with_the_defaults_of_the_kernel(int clients) =>
        Assert.All(HostChecks.Evaluate(Defaults with { OpenFiles = 4096 }, clients), check => Assert.True(check.IsMet));

    [Fact]
    public void What_was_recommended_is_enough()
    {
        var wanted = HostChecks.Evaluate(Defaults, 3000).Select(check => (long?)check.Wanted).ToArray();
        Assert.All(HostChecks.Evaluate(new HostLimits(wanted[0], wanted[1], wanted[2], wanted[3], wanted[4], wanted[5]), 3000), check => Assert.True(check.IsMet));
    }

    [Fact]
    public void Nothing_is_claimed_of_a_limit_that_could_not_be_read() =>
        Assert.All(HostChecks.Evaluate(default, 10_000), check => Assert.True(check.IsMet));

    [Theory]
    [InlineData("Limit   Soft Limit  Hard Limit  Units\nMax open files            1024                 524288               files     \n", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files", long.MaxValue)]
    [InlineData("Max open files", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_file_limit_is_the_soft_one(string? text, long? expected) => Assert.Equal(expected, HostLimits.OpenFilesOf(text));

    [Theory]
    [InlineData("Name:\tx\nCapEff:\t000001ffffffffff\n", true)]
    [InlineData("CapEff:\t0000000000002400\n", false)]
    [InlineData("CapEff:\t0000000000003400\n", true)]
    [InlineData("CapEff:\n", false)]
    [InlineData(null, false)]
    public void A_process_with_CAP_NET_ADMIN_is_not_bound_by_rmem_max(string? status, bool may) => Assert.Equal(may, HostLimits.MayForceBuffers(status));

    [Fact]
    public void The_limits_of_this_machine_can_be_read()
    {
        var limits = HostLimits.Read();
        Assert.True(limits.AcceptQueue > 0);
        Assert.True(limits.OpenFiles > 0);
    }
}
