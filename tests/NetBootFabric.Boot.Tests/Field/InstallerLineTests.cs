using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Scripts;
using NetBootFabric.Boot.Tests.Scripts;

namespace NetBootFabric.Boot.Tests.Field;

/// <summary>
/// Kernel command lines as installers have them: what Debian's and Ubuntu's read behind "---" goes to the system that they set up.
/// </summary>
public sealed class InstallerLineTests
{
    private const string Ours = "ip=10.77.0.11::10.77.0.1:255.255.0.0:n001::off:10.77.0.1 BOOTIF=01-52-54-00-77-00-01 netboot.report=http://10.77.0.1/boot/52:54:00:77:00:01/up";

    [Theory]
    [InlineData("auto=true priority=critical url=http://10.77.0.1/p.cfg --- quiet",
        "auto=true priority=critical url=http://10.77.0.1/p.cfg", "--- quiet")]
    [InlineData("auto=true ---", "auto=true", "---")]
    [InlineData("a --- b -- c", "a", "--- b -- c")]
    [InlineData("a -- b --- c", "a", "-- b --- c")]
    [InlineData("autoinstall ds=nocloud-net;s=http://10.77.0.1/ci/ ---", "autoinstall ds=nocloud-net;s=http://10.77.0.1/ci/", "---")]
    [InlineData("x=--- y", "x=--- y", "")]
    public void What_the_fabric_adds_is_not_for_the_installed_system(string line, string before, string after) =>
        Assert.Equal($"{before} {Ours} {after}".TrimEnd(), KernelCommandLine.Render(Targets.Of(line), Targets.Server).Text);

    [Fact]
    public void Each_loader_is_told_the_same_order()
    {
        var target = Targets.Of("auto=true --- quiet");
        Assert.Contains($"auto=true {Ours} --- quiet ||", IpxeScript.Render(target, Targets.Server).Text, StringComparison.Ordinal);
        Assert.Contains($"APPEND auto=true {Ours} --- quiet\n", PxelinuxConfig.Render(target, Targets.Server, TransferProtocol.Tftp)
            .Text, StringComparison.Ordinal);
        Assert.Contains($" 'auto=true' '{Ours.Replace(" ", "' '", StringComparison.Ordinal)}' '---' 'quiet';",
            GrubConfig.Render(target, Targets.Server).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_of_one_machine_are_words_of_their_own()
    {
        var target = Targets.Of("quiet ${kernel_args} --- last").With("kernel_args", "crashkernel=no net.ifnames=1 x=\"a b\"");
        Assert.Equal($"quiet crashkernel=no net.ifnames=1 x=\"a b\" {Ours} --- last", KernelCommandLine.Render(target, Targets.Server)
            .Text);
        Assert.Contains("would end the command", KernelCommandLine.Render(Targets.Of("${v}").With("v", "a ; shell"), Targets.Server)
            .Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoinstall ds=nocloud-net;s=http://10.77.0.1/ci/ ---")]
    [InlineData("x=$y cc:{k} p=(q) r=#s;t u=a||b")]
    [InlineData("a=\"b c\" \"d=e f\"")]
    [InlineData("root=${disk}1 ip=${ip}")]
    public void What_every_loader_hands_on_unchanged_is_written_without_a_word(string line) => Assert.Null(KernelCommandLine.Check(line));

    [Theory]
    [InlineData("ds=nocloud-net\\;s=http://10.77.0.1/ci/", "has 'ds=nocloud-net\\;s=http://10.77.0.1/ci/', which holds a backslash")]
    [InlineData("a='b c'", "has 'a='b', which holds a single quote")]
    [InlineData("a=\"b\"c", "misplaced quote")]
    [InlineData("a=\"b", "lacks the closing double quote")]
    [InlineData("a=${b", "lacks the closing brace")]
    [InlineData("a ; b", "end the command")]
    [InlineData("größe=1", "plain ASCII")]
    public void What_would_fail_at_each_boot_is_known_when_it_is_written(string line, string problem) =>
        Assert.Contains(problem, KernelCommandLine.Check(line)!.Problem, StringComparison.Ordinal);

    /// <summary>What is let pass is never refused at a boot for the sake of its own letters.</summary>
    [Theory]
    [InlineData("quiet")]
    [InlineData("a;b c=\"d e\" --- f")]
    [InlineData("x=\\ y")]
    [InlineData("it's")]
    [InlineData("#x")]
    [InlineData("a=$${name}")]
    public void The_check_and_the_boot_are_of_one_mind(string line) =>
        Assert.Equal(KernelCommandLine.Render(Targets.Of(line), Targets.Server).Succeeded, KernelCommandLine.Check(line) is null);
}
