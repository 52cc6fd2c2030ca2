using System.Collections.Frozen;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Boot.Tests.Scripts;

public sealed class TemplateTests
{
    private static BootTarget With(string name, string text, string commandLine = "quiet \"a=b c\"") => Targets.Of(commandLine) is var target
        ? target with { Profile = target.Profile with { Templates = new Dictionary<string, string> { [name] = text }.ToFrozenDictionary() } }
        : target;

    private static string? Text(BootTarget target, string name, TransferProtocol protocol = TransferProtocol.Http) => Template.Render(target, name, Targets.Server, protocol)?.Text;

    private static string? Error(BootTarget target, string name) => Template.Render(target, name, Targets.Server)?.Error;

    [Theory]
    [InlineData("{{mac}} {{ name }}", "52:54:00:77:00:01 n001")]
    [InlineData("{{ip}}/{{mask}} {{router}} {{server}}", "10.77.0.11/255.255.0.0 10.77.0.1 10.77.0.1")]
    [InlineData("{{kernel}} {{initrd}}", "http://10.77.0.1/vmlinuz http://10.77.0.1/initrd.img")]
    [InlineData("{{report}} {{failed}}", "http://10.77.0.1/boot/52:54:00:77:00:01/up http://10.77.0.1/boot/52:54:00:77:00:01/failed")]
    [InlineData("no braces { } {", "no braces { } {")]
    public void What_every_client_has_is_put_in(string text, string expected) => Assert.Equal(expected, Text(With("x", text), "x"));

    [Fact]
    public void A_variable_of_the_client_is_put_in() => Assert.Equal("rack r12", Text(With("x", "rack {{rack}}").With("rack", "r12"), "x"));

    [Fact]
    public void A_variable_that_is_not_set_is_named() =>
        Assert.Equal("template 'x': the variable 'rack' is not set for 52:54:00:77:00:01; add it to the node's variables or its group's", Error(With("x", "{{rack}}"), "x"));

    [Fact]
    public void Braces_that_are_not_closed_are_named() => Assert.Contains("lacks the closing braces", Error(With("x", "{{mac"), "x"), StringComparison.Ordinal);

    [Fact]
    public void A_name_without_template_is_none() => Assert.Null(Template.Render(With("x", ""), "y", Targets.Server));

    [Theory]
    [InlineData("boot.ipxe")]
    [InlineData("grub.cfg")]
    [InlineData("pxelinux.cfg")]
    public void No_value_breaks_out_of_a_loader_s_script(string name)
    {
        foreach (var value in new[] { "a b", "a\nreboot", "a;reboot", "$x", "${net0/mac}", "a'b", "a\"b", "a\\b", "a&&b", "a|b", "{", "#", "(", "\u00e4" })
            Assert.Contains("means something in a loader's script", Error(With(name, "set x {{v}}").With("v", value), name), StringComparison.Ordinal);
        Assert.Equal("set x r1-2_3.4:5/6", Text(With(name, "set x {{v}}").With("v", "r1-2_3.4:5/6"), name));
    }

    [Fact]
    public void A_value_in_another_file_is_one_line()
    {
        Assert.Equal("x: a b 'c' \u00e4", Text(With("user-data", "x: {{v}}").With("v", "a b 'c' \u00e4"), "user-data"));
        Assert.Contains("holds a control character", Error(With("user-data", "x: {{v}}").With("v", "a\nb"), "user-data"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_loader_gets_paths_and_the_command_line_in_its_own_words()
    {
        Assert.StartsWith("linux /vmlinuz 'quiet' 'a=b c' 'ip=10.77.0.11", Text(With("grub.cfg", "linux {{kernel}} {{cmdline}}"), "grub.cfg"), StringComparison.Ordinal);
        Assert.Equal("LINUX vmlinuz", Text(With("pxelinux.cfg", "LINUX {{kernel}}"), "pxelinux.cfg", TransferProtocol.Tftp));
        Assert.StartsWith("kernel http://10.77.0.1/vmlinuz quiet \"a=b c\" ip=", Text(With("boot.ipxe", "kernel {{kernel}} {{cmdline}}"), "boot.ipxe"), StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_of_a_profile_come_in_place_of_ours()
    {
        Assert.Equal("#!ipxe\nshell\n", IpxeScript.Render(With("boot.ipxe", "#!ipxe\nshell\n"), Targets.Server).Text);
        Assert.Equal("set netboot_held=0\nmenuentry x {}\n", GrubConfig.Render(With("grub.cfg", "menuentry x {}\n"), Targets.Server).Text);
        Assert.Equal("DEFAULT x\n", PxelinuxConfig.Render(With("pxelinux.cfg", "DEFAULT x\n"), Targets.Server, TransferProtocol.Tftp).Text);
    }

    [Fact]
    public void The_variables_that_a_profile_needs_are_known_before_anybody_boots()
    {
        var profile = With("x", "{{rack}} {{mac}} {{cmdline}}", "console=${console} name=${name}").Profile;
        Assert.Equal(["console", "rack"], ProfileVariables.Of(profile).Keys);
    }
}
