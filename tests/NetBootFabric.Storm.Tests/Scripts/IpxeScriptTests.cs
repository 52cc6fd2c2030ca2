using NetBootFabric.Storm.Scripts;

namespace NetBootFabric.Storm.Tests.Scripts;

public sealed class IpxeScriptTests
{
    private const string Retrying = """
        #!ipxe
        set attempt:int32 0
        :retry
        inc attempt
        kernel --name vmlinuz http://10.77.0.1/vmlinuz initrd=initrd.img console=ttyS0 || goto failed
        initrd --name initrd.img http://10.77.0.1/initrd.img || goto failed
        boot
        :failed
        iseq ${attempt} 3 && goto give_up ||
        sleep 3
        goto retry
        :give_up
        imgfetch http://10.77.0.1/failed?cause=ipxe ||
        exit 1
        """;

    [Fact]
    public void A_script_loads_kernel_and_initrd_and_boots()
    {
        var script = Script(Retrying);
        Assert.Equal(new IpxeAction(IpxeVerb.Kernel, "http://10.77.0.1/vmlinuz", "initrd=initrd.img console=ttyS0"), script.Next(true));
        Assert.Equal(new IpxeAction(IpxeVerb.Initrd, "http://10.77.0.1/initrd.img"), script.Next(true));
        Assert.Equal(IpxeVerb.Boot, script.Next(true).Verb);
    }

    [Fact]
    public void A_failed_download_is_tried_again_as_often_as_the_script_says()
    {
        var script = Script(Retrying);
        var seen = new List<IpxeVerb>();
        var succeeded = true;
        while (seen.Count == 0 || seen[^1] is not (IpxeVerb.Fail or IpxeVerb.Exit))
        {
            seen.Add(script.Next(succeeded).Verb);
            succeeded = seen[^1] is not IpxeVerb.Kernel;
        }
        Assert.Equal([IpxeVerb.Kernel, IpxeVerb.Sleep, IpxeVerb.Kernel, IpxeVerb.Sleep, IpxeVerb.Kernel, IpxeVerb.Fetch, IpxeVerb.Fail], seen);
    }

    [Fact]
    public void The_scriptlet_falls_back_to_autoboot()
    {
        var script = Script("ifopen && chain http://10.77.0.1/r.ipxe || autoboot");
        Assert.Equal(new IpxeAction(IpxeVerb.Chain, "http://10.77.0.1/r.ipxe"), script.Next(true));
        Assert.Equal(IpxeVerb.Autoboot, script.Next(false).Verb);
    }

    [Theory]
    [InlineData("chain ${net0/mac:hexhyp}.ipxe", "02-6e-62-00-00-00.ipxe")]
    [InlineData("set base http://${next-server}\nchain ${base}/x", "http://10.77.0.1/x")]
    [InlineData("set i 1\nset name1 first\nchain ${name${i}}", "first")]
    public void Settings_are_expanded(string text, string expected) => Assert.Equal(expected, Script(text).Next(true).Argument);

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("goto nowhere")]
    [InlineData("exit 1")]
    [InlineData(":again\ngoto again")]
    public void A_script_that_leads_nowhere_fails(string text) => Assert.Equal(IpxeVerb.Fail, Script(text).Next(true).Verb);

    private static IpxeScript Script(string text) =>
        new(text, new IpxeSettings(new Dictionary<string, string> { ["mac"] = "02:6e:62:00:00:00", ["next-server"] = "10.77.0.1" }));
}
