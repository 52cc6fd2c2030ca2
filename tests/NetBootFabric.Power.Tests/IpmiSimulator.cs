using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Power.Tests;

/// <summary>ipmi_sim on a free port of the loopback; a script is the machine behind it, and writes down what it was told.</summary>
internal sealed class IpmiSimulator : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-ipmi");
    private readonly Process _process;

    private IpmiSimulator(string password, int port)
    {
        Address = $"127.0.0.1:{port}";
        var chassis = Write("chassis", $"""
            #!/bin/sh
            cd {_folder.FullName}
            shift
            echo "$@" >> done
            case "$1 $2" in
              "get power") echo "power:$(cat power 2>/dev/null || echo 0)" ;;
              "set power") echo "$3" > power ;;
              "get boot") echo boot:default ;;
            esac
            """);
        File.SetUnixFileMode(chassis, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var lan = Write("lan.conf", $"""
            name "test"
            set_working_mc 0x20
              startlan 1
                addr 127.0.0.1 {port}
                priv_limit admin
                allowed_auths_admin md5
                guid a123456789abcdefa123456789abcdef
              endlan
              chassis_control "{chassis} 0x20"
              user 2 true "admin" "{password}" admin 10 md5
            """);
        var commands = Write("sim.emu", """
            mc_setbmc 0x20
            mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
            mc_enable 0x20
            """);
        _process = Process.Start(new ProcessStartInfo("ipmi_sim", ["-c", lan, "-f", commands, "-s", _folder.FullName, "-n"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public string Address { get; }

    /// <summary>What the machine was told, a line each.</summary>
    public string Done => File.Exists(Path.Combine(_folder.FullName, "done")) ? File.ReadAllText(Path.Combine(_folder.FullName, "done")) : "";

    /// <summary>Comes back when it answers an RMCP ping (ASF 2.0 §3.2.4).</summary>
    public static async Task<IpmiSimulator> StartAsync(string password)
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
        probe.Dispose();
        var simulator = new IpmiSimulator(password, port);
        using var client = new UdpClient();
        client.Connect(IPAddress.Loopback, port);
        for (var tries = 0; tries < 200; tries++)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            try
            {
                await client.SendAsync(new byte[] { 6, 0, 255, 6, 0, 0, 0x11, 0xbe, 0x80, 1, 0, 0 }, soon.Token);
                await client.ReceiveAsync(soon.Token);
                return simulator;
            }
            catch (OperationCanceledException)
            {
                // Not yet.
            }
            catch (SocketException)
            {
                await Task.Delay(50); // nobody is there yet, and the kernel says so at once
            }
        }
        simulator.Dispose();
        throw new InvalidOperationException("ipmi_sim does not answer");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text + "\n");
        return path;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
