using System.Diagnostics;
using System.Globalization;

namespace NetBootFabric.Sockets.Tests.Dying;

/// <summary>A process in the server's namespace that holds an address: see <see cref="AddressHolding"/>.</summary>
internal sealed class HeldAddress : IDisposable
{
    private readonly Wired _wire;
    private readonly Process _process;

    public HeldAddress(Wired wire, InterfaceAddress address, bool onDevice)
    {
        _wire = wire;
        Address = address;
        _process = Process.Start(new ProcessStartInfo("ip",
            ["netns", "exec", wire.Server.Name, "dotnet", "exec", typeof(HeldAddress).Assembly.Location, "hold", "eth0", Dotted.Quad(address.Address), onDevice ? "device" : "interface"])
        { RedirectStandardOutput = true })!;
        Assert.Equal('.', _process.StandardOutput.Read());
    }

    public InterfaceAddress Address { get; }

    public bool IsThere => _wire.Server.Run(InterfaceTable.Read).Any(link => link.Addresses.Contains(Address));

    /// <summary>Returns when it is dead and all that was its own is closed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
