using NetBootFabric.Storm.Commands;

namespace NetBootFabric.Storm.Tests.Commands;

public sealed class StormOptionsTests
{
    [Fact]
    public void Without_an_interface_there_is_no_storm()
    {
        var parsed = StormCommand.Build().Parse("--clients 10");
        Assert.Contains(parsed.Errors, error => error.Message.Contains("--interface", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-i eth1 --clients 0", "--clients")]
    [InlineData("-i eth1 --kind floppy", "--kind")]
    [InlineData("-i eth1 --arrivals never", "--arrivals")]
    [InlineData("-i eth1 --first-mac 01:00:00:00:00:00", "--first-mac")]
    [InlineData("-i eth1 --limit 0", "--limit")]
    [InlineData("-i eth1 --verify /no/such/folder", "--verify")]
    public void Each_mistake_is_named(string arguments, string option)
    {
        var (options, mistakes) = (new StormOptions(), new List<string>());
        var command = new System.CommandLine.RootCommand();
        foreach (var one in options.All) command.Add(one);
        Assert.Null(options.Read(command.Parse(arguments), mistakes));
        Assert.Contains(option, Assert.Single(mistakes), StringComparison.Ordinal);
    }
}
