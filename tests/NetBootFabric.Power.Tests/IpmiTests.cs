
namespace NetBootFabric.Power.Tests;

/// <summary>ipmitool against OpenIPMI's simulator of a controller.</summary>
public sealed class IpmiTests
{
    private const string Password = "sesame-ipmi-word";

    private static Task<PowerSwitch.Outcome> DoAsync(IpmiSimulator bmc, PowerAction action, bool pxe = false, string password = Password, PowerSettings? settings = null)
    {
        var target = new BmcTarget(BmcProtocol.Ipmi, bmc.Address, new BmcLogin("admin", password, BmcTrust.Authorities, cipherSuite: 3));
        return new PowerSwitch(settings ?? new PowerSettings { Pause = TimeSpan.FromMilliseconds(50) }, TimeProvider.System).DoAsync(target, new PowerOrder(action, Pxe: pxe), default);
    }

    [Fact]
    public async Task A_machine_is_switched_on_from_the_network_cycled_and_switched_off()
    {
        using var bmc = await IpmiSimulator.StartAsync(Password);

        Assert.Equal(PowerState.Off, (await DoAsync(bmc, PowerAction.Status)).State);
        Assert.Equal("switched on", (await DoAsync(bmc, PowerAction.On, pxe: true)).Text);
        Assert.Contains("set boot pxe", bmc.Done, StringComparison.Ordinal);
        Assert.Equal("switched off and on", (await DoAsync(bmc, PowerAction.Cycle)).Text);
        Assert.Equal(PowerState.Off, (await DoAsync(bmc, PowerAction.Off)).State);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_is_on_no_command_line()
    {
        using var bmc = await IpmiSimulator.StartAsync(Password);
        var running = DoAsync(bmc, PowerAction.On, password: "wrong-and-private");
        var lines = new List<string>();
        while (!running.IsCompleted) lines.AddRange(CommandLines());

        var fault = await Assert.ThrowsAsync<BmcException>(() => running);
        Assert.Contains("no IPMI session to user admin", fault.Message, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains($"-p\0{bmc.Address.Split(':')[1]}", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("wrong-and-private", StringComparison.Ordinal));
        Assert.DoesNotContain("wrong-and-private", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ipmitool_it_says_what_to_install()
    {
        using var bmc = await IpmiSimulator.StartAsync(Password);
        var fault = await Assert.ThrowsAsync<BmcException>(() => DoAsync(bmc, PowerAction.On, settings: new PowerSettings { Ipmitool = "/nowhere/ipmitool" }));
        Assert.Contains("apt install ipmitool", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("host name")]
    [InlineData("host:0")]
    [InlineData("host:port")]
    [InlineData("host;reboot")]
    [InlineData("")]
    public async Task An_address_that_is_none_is_refused(string address)
    {
        var target = new BmcTarget(BmcProtocol.Ipmi, address, new BmcLogin("admin", "x", BmcTrust.Authorities));
        await Assert.ThrowsAsync<BmcException>(() => new PowerSwitch(new PowerSettings(), TimeProvider.System).DoAsync(target, new PowerOrder(PowerAction.Status), default));
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[6])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            yield return line;
        }
    }
}
