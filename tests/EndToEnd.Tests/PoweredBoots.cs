using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.Power.Tests.Redfish;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>A management controller whose switch is that of a real machine.</summary>
public sealed class PoweredBoots(ITestOutputHelper output)
{
    private const string Password = "sesame-open-word";

    [Fact]
    public async Task A_machine_that_pbm_switches_on_boots_from_the_head_node()
    {
        using var room = await Room.OpenAsync("power", new RoomConfiguration());
        VirtualMachine? machine = null;
        await using var bmc = await RedfishService.StartAsync(new RedfishHabits { HasTls = true, HasTasks = true, Delay = 2, Password = Password }, Switch,
            endpoint => room.Server.Run(() => SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint)));
        try
        {
            await EnterAsync(room, bmc);

            output.WriteLine(await room.Head.PbmAsync("power", "on", "n001", "--pxe"));
            Assert.Equal("Pxe Once", bmc.Machine.NextBoot);
            await machine!.BootedAsync();
            await room.Head.ClientInAsync(Room.FirstMac, "Booted");

            // It switched itself off when it had reported. Once more on, and off in the middle.
            bmc.Machine.IsOn = false;
            output.WriteLine(await room.Head.PbmAsync("power", "cycle", "n001"));
            Assert.True(machine?.IsOn);
            output.WriteLine(await room.Head.PbmAsync("power", "off", "n001"));
            Assert.Null(machine);
            Assert.DoesNotContain(Password, await File.ReadAllTextAsync(Path.Combine(room.Folder, "netbootd.log")), StringComparison.Ordinal);
        }
        finally
        {
            machine?.Dispose();
        }

        void Switch(string kind)
        {
            machine?.Dispose();
            machine = kind == "On" ? VirtualMachine.PowerOnAsync(room.Bridge, Firmware.BiosIpxe, Room.FirstMac, room.Folder).GetAwaiter().GetResult() : null;
        }
    }

    /// <summary>The credentials into the head node's file, where they are noticed; the BMC into the catalog.</summary>
    private static async Task EnterAsync(Room room, RedfishService bmc)
    {
        var password = Path.Combine(room.Folder, "bmc.password");
        await File.WriteAllTextAsync(password, Password + "\n");
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(Path.Combine(room.Folder, "netbootd.yaml"), $"\npower: {{ credentials: {{ room: {{ user: operator, password_file: {password}, certificate: \"{Fingerprint.Of(bmc.TlsCertificate)}\" }} }} }}\n");
        await room.Head.PbmAsync("reload");
        var table = Path.Combine(room.Folder, "bmc.csv");
        await File.WriteAllTextAsync(table, $"mac,bmc.address,bmc.protocol,bmc.credentials\n{Room.FirstMac},{bmc.Address},redfish,room\n");
        await room.Head.PbmAsync("node", "import", table);
    }
}
