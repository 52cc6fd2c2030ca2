using NetBootFabric.AdminApi.Access;
using NetBootFabric.Power.Tests.Redfish;

namespace NetBootFabric.Power.Tests;

/// <summary>Machines whose controllers speak Redfish, each with habits of its own.</summary>
public sealed class RedfishTests
{
    private static readonly PowerSettings Quick = new() { Pause = TimeSpan.FromMilliseconds(10), Settle = TimeSpan.FromSeconds(20), Request = TimeSpan.FromSeconds(20) };

    private static Task<PowerSwitch.Outcome> DoAsync(RedfishService service, PowerAction action, bool soft = false, bool pxe = false, RedfishHabits? login = null, string path = "", BmcTrust? trust = null, PowerSettings? settings = null)
    {
        login ??= new RedfishHabits();
        var target = new BmcTarget(BmcProtocol.Redfish, service.Address + path, new BmcLogin(login.User, login.Password, trust ?? BmcTrust.Authorities));
        return new PowerSwitch(settings ?? Quick, TimeProvider.System).DoAsync(target, new PowerOrder(action, soft, pxe), default);
    }

    [Fact]
    public async Task A_machine_is_switched_on_and_off_and_each_session_is_ended()
    {
        await using var service = await RedfishService.StartAsync();

        Assert.Equal(new PowerSwitch.Outcome(PowerState.Off, "off"), await DoAsync(service, PowerAction.Status));
        Assert.Equal(new PowerSwitch.Outcome(PowerState.On, "switched on"), await DoAsync(service, PowerAction.On));
        Assert.Equal(new PowerSwitch.Outcome(PowerState.On, "was on already"), await DoAsync(service, PowerAction.On));
        Assert.Equal(new PowerSwitch.Outcome(PowerState.Off, "switched off"), await DoAsync(service, PowerAction.Off));
        Assert.Equal(["On", "ForceOff"], service.Machine.Resets);
        Assert.Equal(0, service.OpenSessions);
    }

    [Fact]
    public async Task A_state_that_changes_slowly_is_waited_for()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Delay = 5 });

        Assert.Equal(PowerState.On, (await DoAsync(service, PowerAction.On)).State);
        Assert.True(service.Machine.IsOn);
    }

    [Fact]
    public async Task A_task_is_followed_to_its_end()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { HasTasks = true, Delay = 2 });

        await DoAsync(service, PowerAction.On);
        Assert.Contains("GET /redfish/v1/TaskService/TaskMonitors/1", service.Requests);
        Assert.True(service.Machine.IsOn);
    }

    [Fact]
    public async Task A_task_that_goes_wrong_says_why()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { HasTasks = true, TaskEnds = "Exception" });
        Assert.Contains("The power supply did not answer", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cycle_takes_the_power_away_where_that_is_offered()
    {
        await using var service = await RedfishService.StartAsync();
        service.Machine.IsOn = true;

        Assert.Equal("switched off and on", (await DoAsync(service, PowerAction.Cycle)).Text);
        Assert.Equal(["PowerCycle"], service.Machine.Resets);
    }

    [Fact]
    public async Task A_cycle_of_a_machine_that_is_off_switches_it_on()
    {
        await using var service = await RedfishService.StartAsync();

        Assert.Equal("was off, switched on", (await DoAsync(service, PowerAction.Cycle)).Text);
        Assert.Equal(["On"], service.Machine.Resets);
    }

    [Fact]
    public async Task A_cycle_is_two_steps_where_no_kind_of_it_is_offered()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { ResetTypes = ["On", "ForceOff"], Delay = 2 });
        service.Machine.IsOn = true;
        await DoAsync(service, PowerAction.Cycle);
        Assert.Equal(["ForceOff", "On"], service.Machine.Resets);
    }

    [Fact]
    public async Task What_Reset_can_do_is_read_from_its_ActionInfo()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { ResetTypes = null, HasActionInfo = true });
        service.Machine.IsOn = true;
        await DoAsync(service, PowerAction.Cycle);
        Assert.Equal(["ForceRestart"], service.Machine.Resets);
    }

    [Fact]
    public async Task A_soft_off_asks_the_system_and_is_refused_where_that_can_t_be()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Delay = 3 });
        service.Machine.IsOn = true;
        Assert.Equal("shut down", (await DoAsync(service, PowerAction.Off, soft: true)).Text);
        Assert.Equal(["GracefulShutdown"], service.Machine.Resets);

        await using var other = await RedfishService.StartAsync(new RedfishHabits { ResetTypes = ["On", "ForceOff"] });
        other.Machine.IsOn = true;
        Assert.Contains("leave --soft away", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(other, PowerAction.Off, soft: true))).Message, StringComparison.Ordinal);
        Assert.Empty(other.Machine.Resets);
    }

    [Fact]
    public async Task The_next_boot_is_from_the_network_when_asked_for()
    {
        await using var service = await RedfishService.StartAsync();
        await DoAsync(service, PowerAction.Cycle, pxe: true);
        Assert.Equal("Pxe Once", service.Machine.NextBoot);
    }

    [Fact]
    public async Task A_change_that_met_another_one_is_made_again_from_the_new_state()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Conflicts = 1 });

        await DoAsync(service, PowerAction.On, pxe: true);
        Assert.Equal("Pxe Once", service.Machine.NextBoot);
        Assert.Equal(2, service.Requests.Count(request => request.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_firmware_without_network_boot_says_what_it_has_and_is_not_switched()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { BootTargets = ["None", "Hdd"] });

        Assert.Contains("None, Hdd", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On, pxe: true))).Message, StringComparison.Ordinal);
        Assert.Empty(service.Machine.Resets);
    }

    [Fact]
    public async Task Without_sessions_it_is_basic_authentication()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { HasSessions = false });
        Assert.Equal(PowerState.On, (await DoAsync(service, PowerAction.On)).State);
    }

    [Fact]
    public async Task A_service_that_is_busy_is_asked_again()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Busy = 2 });
        Assert.Equal(PowerState.On, (await DoAsync(service, PowerAction.On)).State);
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_left_alone_in_the_end()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Busy = 1000 });
        Assert.Contains("busy", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_never_repeated()
    {
        await using var service = await RedfishService.StartAsync();
        var fault = await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On, login: new RedfishHabits { Password = "wrong-and-private" }));

        Assert.Contains("refuses user operator", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-and-private", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_only_look_is_told_so()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { IsReadOnly = true });

        Assert.Equal(PowerState.Off, (await DoAsync(service, PowerAction.Status)).State);
        Assert.Contains("may not", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_systems_is_named_by_its_path()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Systems = 4 });

        Assert.Contains("/redfish/v1/Systems/sys1", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On))).Message, StringComparison.Ordinal);
        Assert.Equal(PowerState.On, (await DoAsync(service, PowerAction.On, path: "/redfish/v1/Systems/sys3")).State);
        Assert.Contains("has no", (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On, path: "/redfish/v1/Systems/none"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_it_is_pinned()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { HasTls = true });
        var fingerprint = Fingerprint.Of(service.TlsCertificate);

        Assert.Contains(fingerprint, (await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.Status))).Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
        Assert.Equal(PowerState.Off, (await DoAsync(service, PowerAction.Status, trust: new BmcTrust([fingerprint], false))).State);
        Assert.Equal(PowerState.Off, (await DoAsync(service, PowerAction.Status, trust: BmcTrust.Unverified)).State);
        await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.Status, trust: new BmcTrust(["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], false)));
    }

    [Fact]
    public async Task A_machine_that_does_not_do_as_it_was_told_is_said_so()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Delay = int.MaxValue });
        var fault = await Assert.ThrowsAsync<BmcException>(() => DoAsync(service, PowerAction.On, settings: Quick with { Settle = TimeSpan.FromMilliseconds(100) }));
        Assert.Contains("the machine is off still", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_that_is_not_there_is_named()
    {
        var service = await RedfishService.StartAsync();
        var address = service.Address;
        await service.DisposeAsync();
        var target = new BmcTarget(BmcProtocol.Redfish, address, new BmcLogin("operator", "x", BmcTrust.Authorities));
        var fault = await Assert.ThrowsAsync<BmcException>(() => new PowerSwitch(Quick, TimeProvider.System).DoAsync(target, new PowerOrder(PowerAction.On), default));
        Assert.Contains("can't be reached", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://bmc1")]
    [InlineData("user:word@bmc1")]
    [InlineData("bmc1/other/path")]
    [InlineData("bmc 1")]
    public async Task An_address_that_is_none_is_refused(string address)
    {
        var target = new BmcTarget(BmcProtocol.Redfish, address, new BmcLogin("operator", "x", BmcTrust.Authorities));
        await Assert.ThrowsAsync<BmcException>(() => new PowerSwitch(Quick, TimeProvider.System).DoAsync(target, new PowerOrder(PowerAction.On), default));
    }
}
