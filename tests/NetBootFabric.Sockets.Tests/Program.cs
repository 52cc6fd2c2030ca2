using NetBootFabric.Sockets.Tests.Dying;
using NetBootFabric.Wire;

namespace NetBootFabric.Sockets.Tests;

/// <summary>The test assembly as a program: <c>dotnet exec NetBootFabric.Sockets.Tests.dll hold INTERFACE ADDRESS (device | interface)</c>.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is not ["hold", var link, var address, "device" or "interface"])
        {
            Console.Error.WriteLine("hold INTERFACE ADDRESS (device | interface)");
            return 2;
        }
        AddressHolding.Run(link, Ipv4Address.Parse(address).Value, onDevice: arguments[3] == "device");
        return 0;
    }
}
