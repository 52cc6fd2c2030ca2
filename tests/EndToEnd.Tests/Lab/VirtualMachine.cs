using System.Diagnostics;

namespace NetBootFabric.EndToEnd.Tests.Lab;

internal enum Firmware
{
    /// <summary>SeaBIOS with QEMU's network ROM, which is iPXE.</summary>
    BiosIpxe,

    /// <summary>SeaBIOS with a network ROM that does not say that it is iPXE, as most real cards' ROMs.</summary>
    BiosPlain,
    UefiPxe,
    UefiSecureBoot,
    UefiHttp,
}

/// <summary>A machine with one network card and nothing else, in software emulation.</summary>
internal sealed class VirtualMachine : IDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(300);

    private readonly RunningProgram _qemu;
    private readonly Stopwatch _sincePowerOn = Stopwatch.StartNew();
    private readonly string _console;

    private VirtualMachine(RunningProgram qemu, string console, string tap)
    {
        _qemu = qemu;
        _console = console;
        Tap = tap;
    }

    /// <summary>Its port of the bridge.</summary>
    public string Tap { get; }

    /// <param name="retries">Whether it begins anew when its boot failed, as a machine in a room does, or ends.</param>
    public static async Task<VirtualMachine> PowerOnAsync(Bridge bridge, Firmware firmware, string mac, string folder, bool retries = false)
    {
        var name = mac.Replace(":", "", StringComparison.Ordinal);
        var console = Path.Combine(folder, $"console-{name}.log");
        var tap = bridge.AddTap();
        string[] onFailure = retries ? ["-boot", "reboot-timeout=1000"] : ["-no-reboot"];
        var qemu = new RunningProgram(bridge.Namespace, Path.Combine(folder, $"qemu-{name}.log"), "qemu-system-x86_64",
        [
            "-nodefaults", "-display", "none", "-accel", "tcg", .. onFailure,
            "-chardev", $"file,id=console,path={console}", "-serial", "chardev:console",
            "-netdev", $"tap,id=net,ifname={tap},script=no,downscript=no,vnet_hdr=off",
            .. await BoardAsync(firmware, Path.Combine(folder, $"vars-{name}.fd")),
            "-device", $"virtio-net-pci,netdev=net,mac={mac},bootindex=1{await RomAsync(firmware)}", "-device", "virtio-rng-pci",
        ]);
        return new VirtualMachine(qemu, console, tap);
    }

    public string Console => TextFile.Read(_console);
    public TimeSpan Uptime => _sincePowerOn.Elapsed;
    public bool IsOn => !_qemu.HasExited;

    /// <summary>Its system reported back and switched the machine off.</summary>
    public async Task BootedAsync()
    {
        using var limit = new CancellationTokenSource(BootLimit);
        try
        {
            await _qemu.ExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"the machine did not boot within {BootLimit.TotalSeconds:0} s\n{Evidence}");
        }

        _sincePowerOn.Stop();
        Assert.True(Console.Contains("NETBOOT-FABRIC-REPORTED", StringComparison.Ordinal), $"the machine went down without having booted\n{Evidence}");
    }

    public string Evidence => TextFile.Tail(_console) + TextFile.Tail(_qemu.LogPath, 5);

    public void Dispose() => _qemu.Dispose();

    /// <summary>Without graphics a BIOS, and the loaders that print by it, use the serial console.</summary>
    private const string BiosBoard = "pc,graphics=off";

    /// <summary>GRUB's kernel loader needs 384 MiB; an image by HTTP is in memory twice.</summary>
    private static async Task<string[]> BoardAsync(Firmware firmware, string variables)
    {
        if (firmware is Firmware.BiosIpxe or Firmware.BiosPlain) return ["-machine", BiosBoard, "-m", "256"];
        var secure = firmware == Firmware.UefiSecureBoot;
        await Tool.RunAsync("cp", $"/usr/share/OVMF/OVMF_VARS_4M{(secure ? ".ms" : "")}.fd", variables);
        return
        [
            "-machine", secure ? "q35,smm=on" : "q35", "-m", "512",
            .. secure ? (string[])["-global", "driver=cfi.pflash01,property=secure,value=on"] : [],
            "-drive", $"if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M{(secure ? ".secboot" : "")}.fd",
            "-drive", $"if=pflash,format=raw,unit=1,file={variables}",
            .. firmware == Firmware.UefiHttp ? WithoutPxe : [],
        ];
    }

    private static readonly string[] WithoutPxe =
        ["-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=no", "-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=no"];

    private static async Task<string> RomAsync(Firmware firmware) => firmware switch
    {
        Firmware.BiosIpxe => "",
        Firmware.BiosPlain => $",romfile={await BootPayload.FolderAsync()}/plain.rom",
        // Without a ROM on the card, UEFI uses its own driver and its own PXE and HTTP boot.
        _ => ",romfile=",
    };
}
