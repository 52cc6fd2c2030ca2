using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Boot.Tests.Scripts;

public sealed class KernelCommandLineTests
{
    private const string Address = "ip=10.77.0.11::10.77.0.1:255.255.0.0:n001::off:10.77.0.1";
    private const string Card = "BOOTIF=01-52-54-00-77-00-01";
    private const string Report = "netboot.report=http://10.77.0.1/boot/52:54:00:77:00:01/up";

    private static Rendered Render(BootTarget target) => KernelCommandLine.Render(target, Targets.Server);

    [Fact]
    public void Address_card_and_report_follow_the_operators_line() =>
        Assert.Equal($"console=ttyS0 panic=-1 {Address} {Card} {Report}", Render(Targets.Of()).Text);

    [Fact]
    public void What_the_operator_says_himself_is_not_said_twice() =>
        Assert.Equal("ip=dhcp BOOTIF=01-aa netboot.report=none", Render(Targets.Of("ip=dhcp BOOTIF=01-aa netboot.report=none")).Text);

    [Fact]
    public void A_client_without_a_lease_gets_no_address() =>
        Assert.Equal($"quiet {Card} {Report}", Render(Targets.Of("quiet") with { Address = null }).Text);

    [Fact]
    public void Without_router_and_dns_the_fields_stay_empty()
    {
        var target = Targets.Of("quiet");
        var text = Render(target with { Address = target.Address! with { Router = null, DnsServers = [] } }).Text;
        Assert.Equal($"quiet ip=10.77.0.11:::255.255.0.0:n001::off {Card} {Report}", text);
    }

    [Fact]
    public void A_name_that_would_shift_the_fields_is_left_out() =>
        Assert.Contains(":255.255.0.0:::off", Render(Targets.Of() with { Name = "a:b c" }).Text, StringComparison.Ordinal);

    [Fact]
    public void The_port_stands_in_the_report_when_it_is_not_80() =>
        Assert.EndsWith("netboot.report=http://10.77.0.1:8080/boot/52:54:00:77:00:01/up", Render(Targets.Of() with { HttpPort = 8080 }).Text, StringComparison.Ordinal);

    [Fact]
    public void Init_keeps_what_follows_two_dashes() =>
        Assert.Equal($"quiet {Address} {Card} {Report} -- single", Render(Targets.Of("quiet -- single")).Text);

    [Fact]
    public void A_folded_line_becomes_one_line() =>
        Assert.StartsWith("a b c ip=", Render(Targets.Of("a\n  b\tc\n")).Text, StringComparison.Ordinal);

    [Fact]
    public void Blanks_inside_double_quotes_stay() =>
        Assert.StartsWith("dyndbg=\"file a.c +p\" \"x=1 2\" ip=", Render(Targets.Of("dyndbg=\"file a.c +p\" \"x=1 2\"")).Text, StringComparison.Ordinal);

    [Fact]
    public void Variables_are_filled_in() =>
        Assert.StartsWith("root=/dev/sda1 nfsroot=10.77.0.1:/n001 ip=", Render(Targets.Of("root=${disk}1 nfsroot=${server}:/${name}").With("disk", "/dev/sda")).Text, StringComparison.Ordinal);

    [Fact]
    public void A_variable_of_the_node_comes_before_the_built_in_one() =>
        Assert.StartsWith("x=other ", Render(Targets.Of("x=${name}").With("name", "other")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("root=${disk}", "the variable 'disk' is not set for 52:54:00:77:00:01")]
    [InlineData("root=${disk", "lacks the closing brace")]
    [InlineData("a=\"b", "a double quote is not closed")]
    [InlineData("a=\"b\"c", "misplaced quote")]
    [InlineData("a=b'c", "single quote")]
    [InlineData("a=b\\c", "backslash")]
    [InlineData("a=b\u0007", "control character")]
    [InlineData("a=\"b\nc\"", "control character")]
    [InlineData("a=é", "plain ASCII")]
    [InlineData("a || shell", "end the command")]
    [InlineData("a \"b ; c\"", "end the command")]
    [InlineData("a #b", "start a comment")]
    [InlineData("a=$${x}", "is not set")]
    public void What_a_loader_would_read_otherwise_is_refused(string line, string message) =>
        Assert.Contains(message, Render(Targets.Of(line)).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a\\")]
    [InlineData("a\0")]
    public void A_variable_stays_inside_its_word(string value) =>
        Assert.Contains("the variable 'v' of 52:54:00:77:00:01 holds", Render(Targets.Of("x=${v}").With("v", value)).Error, StringComparison.Ordinal);

    [Fact]
    public void A_value_is_not_expanded_again() =>
        Assert.Contains("expanded once more", Render(Targets.Of("x=${v}").With("v", "${net0/mac}")).Error, StringComparison.Ordinal);

    [Fact]
    public void A_line_longer_than_the_kernel_keeps_is_refused()
    {
        var ours = Render(Targets.Of("")).Text!.Length + 1;
        var longest = new string('a', KernelCommandLine.MaximumLength - ours);
        Assert.Equal(KernelCommandLine.MaximumLength, Render(Targets.Of(longest)).Text!.Length);
        Assert.Contains("longer than 2047", Render(Targets.Of(longest + "a")).Error, StringComparison.Ordinal);
    }
}
