using NetBootFabric.Wire;

namespace NetBootFabric.EndToEnd.Tests.Lab.Troubles;

/// <summary>Everything that goes wrong in the troubled room, by a name for each machine.</summary>
internal static class TroubleTable
{
    public const string OtherServer = "10.77.0.3";
    private static readonly Guid OneBoard = Guid.Parse("4c4c4544-0000-1000-8000-000000000001");
    private static readonly Guid OtherBoard = Guid.Parse("4c4c4544-0000-1000-8000-000000000002");

    public static IReadOnlyDictionary<string, Trouble> All { get; } = new Dictionary<string, Trouble>
    {
        ["ia32"] = new("Dhcp", "WrongFirmware", "it has 10.77.* and no boot file: no loader is made for its firmware, EfiIa32", machine => machine.Lease(ScriptedMachine.EfiIa32)),
        ["noprofile"] = new("Dhcp", "NoProfile", "no OFFER: no profile is named for it, and there is none called 'default'", machine => machine.Discover()) { Profile = null },
        ["fullpool"] = new("Dhcp", "PoolExhausted", "no OFFER: no free address; 10.78.0.0/24 has a pool of 1: ", machine => machine.DiscoverThrough("10.78.0.1")),
        ["stranger"] = new("Dhcp", "UnknownClient", "no OFFER: no node entry names 52:54:00:77:.*, and 10.79.0.0/24 ignores", machine => machine.DiscoverThrough("10.79.0.1")) { Profile = null },
        ["lostrelay"] = new("Dhcp", "NoSubnet", "none of the configured subnets.*through the relay agent 10.99.0.1", machine => machine.DiscoverThrough("10.99.0.1")),
        ["deaf"] = new("Dhcp", "NoRequest", "OFFER sent [34] times, no REQUEST$", machine => machine.DiscoverAsync(4)) { Fails = true },
        ["lured"] = new("Dhcp", "OtherServerSelected", $"OFFER sent once, no REQUEST: another DHCP server answered \\({OtherServer}\\)", Lured) { Fails = true },
        ["declines"] = new("Dhcp", "AddressInUse", "its address is in use by somebody else: 10.77.", Declines),
        ["conflict"] = new("Arp", "AddressInUse", "its address is in use: 52:54:00:77:.* uses 10.77.* too", ConflictAsync),
        ["vanished"] = new("Arp", "NeverAsked", "it was given 10.77.*never asked for the boot server 10.77.0.1", machine => machine.Lease()) { Fails = true },
        ["arpdeaf"] = new("Arp", "ArpUnanswered", "it asked [34] times by ARP for 10.77.0.1, and no request followed", ArpDeafAsync) { Fails = true },
        ["notftp"] = new("Tftp", "NotFound", "vmlinuz-6.1 is not there; vmlinuz-6.10 is$", machine => Leased(machine).TftpAsync("vmlinuz-6.1")) { Profile = "mistyped" },
        ["nohttp"] = new("Http", "NotFound", "vmlinuz-6.1 is not there; vmlinuz-6.10 is$", machine => Leased(machine).HttpAsync("vmlinuz-6.1")) { Profile = "mistyped" },
        ["climbs"] = new("Tftp", "BadPath", "it asked for '../etc/passwd'", machine => Leased(machine).TftpAsync("../etc/passwd")),
        ["forbidden"] = new("Http", "AccessDenied", "secret.img is there, and netbootd may not read it", machine => Leased(machine).HttpAsync("secret.img")),
        ["novariable"] = new("Http", "Misconfigured", "its script can't be made: .*serial", machine => Leased(machine).HttpAsync($"boot/{machine.Mac}/boot.ipxe")) { Profile = "variable" },
        ["stops"] = new("Tftp", "TransferTimedOut", "it stopped acknowledging vmlinuz at 1.* of ", machine => Leased(machine).TftpAsync("vmlinuz", blocks: 4)),
        ["full"] = new("Tftp", "ClientError", "it refused vmlinuz: ERROR 3: no memory left", machine => Leased(machine).TftpAsync("vmlinuz", blocks: 4, error: "no memory left")),
        ["shrinks"] = new("Tftp", "ReadError", "shrinking.img could not be read to its end: ", (machine, room) => Leased(machine).TftpAsync("shrinking.img", blocks: 400, between: room.Shrink)),
        ["cut"] = new("Http", "ClientError", "the connection was cut while vmlinuz loaded at ", machine => Leased(machine).CutHttpAsync("vmlinuz", 100_000)),
        ["stalls"] = new("Tftp", "Stalled", "it loaded pxelinux.0 and asked for nothing more since ", machine => Leased(machine).TftpAsync("pxelinux.0")) { Fails = true },
        ["loops"] = new("Tftp", "LoaderLoop", "it fetched the loader pxelinux.0 3 times", LoopsAsync),
        ["reset"] = new("Http", "Restarted", "it tries again since .*; boot 1 failed: it began anew in phase Kernel, ", ResetAsync),
        ["resets"] = new("Http", "RestartsAgain", "it began anew 3 times in .*, last in phase Kernel", ResetsAsync),
        ["dies"] = new("Kernel", "DiedBeforeReport", "boot 1 failed: it began anew .* after initrd.img was loaded, before its system reported", DiesAsync),
        ["fails"] = new("Kernel", "SystemFailed", "its system reported that it failed: no root file system", FailsAsync),
        ["arm"] = new("Kernel", "WrongKernel", "vmlinuz-arm64 is a kernel for 64-bit ARM, and the machine is x86 \\(BiosX86\\)", ArmAsync) { Profile = "arm" },
        ["twins"] = new("Dhcp", "DuplicateMac", "two machines use this MAC address: they show the UUIDs 4c4c4544.* and 4c4c4544", TwinsAsync),
        ["slow"] = new("Http", "SlowLink", "it loads at .*/s, the others at .*MiB/s", (machine, room) => SlowAsync(machine, room)),
    };

    private static ScriptedMachine Leased(ScriptedMachine machine)
    {
        machine.Lease();
        return machine;
    }

    private static void Lured(ScriptedMachine machine)
    {
        var other = Ipv4Address.Parse(OtherServer);
        machine.Discover();
        machine.Request(machine.Offer(other), other);
    }

    private static void Declines(ScriptedMachine machine)
    {
        machine.Lease();
        machine.Decline(machine.Address);
    }

    private static async Task ConflictAsync(ScriptedMachine machine, TroubledRoom room)
    {
        machine.Lease();
        using var intruder = await room.PlugAsync("52:54:00:77:ee:01");
        intruder.Claim(machine.Address);
        await room.WhyAsync(machine, view => view.Cause == "AddressInUse");
    }

    private static async Task ArpDeafAsync(ScriptedMachine machine)
    {
        machine.Lease();
        for (var i = 0; i < 4; i++)
        {
            machine.AskForServer();
            await Task.Delay(400); // more than the watcher's spacing of one client's questions
        }
    }

    private static async Task LoopsAsync(ScriptedMachine machine)
    {
        machine.Lease();
        for (var i = 0; i < 3; i++) await machine.TftpAsync("pxelinux.0");
    }

    private static async Task ResetAsync(ScriptedMachine machine)
    {
        machine.Lease();
        await machine.HttpAsync($"boot/{machine.Mac}/boot.ipxe");
        await machine.BeginHttpAsync("vmlinuz");
        machine.Discover();
    }

    private static async Task ResetsAsync(ScriptedMachine machine)
    {
        for (var i = 0; i < 3; i++) await ResetAsync(machine);
    }

    private static async Task LoadAsync(ScriptedMachine machine)
    {
        machine.Lease();
        foreach (var path in (string[])[$"boot/{machine.Mac}/boot.ipxe", "vmlinuz", "initrd.img"]) Assert.Equal(200, await machine.HttpAsync(path));
    }

    private static async Task DiesAsync(ScriptedMachine machine)
    {
        await LoadAsync(machine);
        machine.Discover();
    }

    private static async Task FailsAsync(ScriptedMachine machine)
    {
        await LoadAsync(machine);
        await machine.HttpAsync($"boot/{machine.Mac}/failed?cause=no%20root%20file%20system", "POST");
    }

    private static async Task ArmAsync(ScriptedMachine machine)
    {
        machine.Lease();
        await machine.HttpAsync("vmlinuz-arm64");
        await machine.HttpAsync($"boot/{machine.Mac}/failed?cause=ipxe-boot");
    }

    private static async Task TwinsAsync(ScriptedMachine machine)
    {
        foreach (var board in (Guid[])[OneBoard, OtherBoard, OneBoard])
        {
            machine.Uuid = board;
            await machine.DiscoverAsync(1);
        }
    }

    /// <summary>The others load at the speed of the wire.</summary>
    private static async Task SlowAsync(ScriptedMachine machine, TroubledRoom room)
    {
        await room.FineAsync(LoadAsync);
        machine.Lease();
        await machine.CrawlHttpAsync("vmlinuz", 300_000, room.Over);
    }
}
