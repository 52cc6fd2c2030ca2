using System.ComponentModel;
using System.Diagnostics;

namespace NetBootFabric.Power.Ipmi;

/// <summary>
/// IPMI 2.0 over the network (RMCP+) by ipmitool. The password goes through the program's environment, which only its own user can read; a command line is read by everybody.
/// </summary>
internal sealed class IpmiBmc(BmcTarget target, PowerSettings settings) : IBmc
{
    private readonly IpmiAddress _address = IpmiAddress.Parse(target.Address);

    public async Task<PowerState> StateAsync(CancellationToken cancellation)
    {
        var said = await RunAsync(cancellation, "chassis", "power", "status");
        return said.Contains("is on", StringComparison.OrdinalIgnoreCase) ? PowerState.On : said.Contains("is off", StringComparison.OrdinalIgnoreCase) ? PowerState.Off : PowerState.Unknown;
    }

    public Task BootFromNetworkAsync(CancellationToken cancellation) => RunAsync(cancellation, "chassis", "bootdev", "pxe");

    public Task SwitchAsync(PowerAction action, bool soft, CancellationToken cancellation) =>
        RunAsync(cancellation, "chassis", "power", action switch { PowerAction.On => "on", PowerAction.Off => soft ? "soft" : "off", _ => "cycle" });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <returns>What it printed.</returns>
    private async Task<string> RunAsync(CancellationToken cancellation, params string[] command)
    {
        var start = new ProcessStartInfo(settings.Ipmitool) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-I", "lanplus", "-H", _address.Host, "-p", _address.Port, "-U", target.Login.User, "-E", "-N", "2", "-R", "3", .. Suite, .. command]) start.ArgumentList.Add(argument);
        start.Environment["IPMI_PASSWORD"] = target.Login.Password;
        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Request + settings.Request);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : throw new BmcException(Sentence(await error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new BmcException($"{_address.Host} did not answer IPMI within {settings.Request.TotalSeconds * 2:0} s; is it the BMC's address, and does UDP port {_address.Port} reach it?");
        }
    }

    private string[] Suite => target.Login.CipherSuite is { } suite ? ["-C", suite.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [];

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new BmcException($"{settings.Ipmitool} could not be started");
        }
        catch (Win32Exception)
        {
            throw new BmcException($"{settings.Ipmitool} is not installed on this head node: apt install ipmitool; or write protocol: redfish when the BMC has it");
        }
    }

    /// <summary>The last line says it; the ones before are of what it tried.</summary>
    private string Sentence(string error)
    {
        var line = error.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "ipmitool failed without a word";
        if (line.Contains("Unable to establish", StringComparison.Ordinal)) return $"{_address.Host} gives no IPMI session to user {target.Login.User}: wrong address, user or password, or IPMI over LAN is off in the BMC ({line})";
        return $"the BMC refused: {line.Replace(target.Login.Password.Length > 0 ? target.Login.Password : "\0", "…", StringComparison.Ordinal)}";
    }
}
