using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Sockets.Tests;

/// <summary>Two namespaces with a cable between them: a server with the address 10.9.0.1/24 on eth0, a client without any address on eth0.</summary>
internal sealed class Wired : IDisposable
{
    public static readonly uint ServerAddress = Ipv4Address.Parse("10.9.0.1").Value, ClientAddress = Ipv4Address.Parse("10.9.0.2").Value;
    public static readonly ulong ServerMac = MacAddress.Parse("02:00:00:00:09:01").Value, ClientMac = MacAddress.Parse("02:00:00:00:09:02").Value;

    public Wired()
    {
        Server.Join(Client, "eth0", "eth0", new MacAddress(ServerMac).ToString(), new MacAddress(ClientMac).ToString());
        Server.Here("address add 10.9.0.1/24 dev eth0");
        ServerIndex = Server.Run(() => InterfaceTable.Get("eth0").Index);
        ClientIndex = Client.Run(() => InterfaceTable.Get("eth0").Index);
    }

    public NetworkNamespace Server { get; } = new();
    public NetworkNamespace Client { get; } = new();
    public int ServerIndex { get; }
    public int ClientIndex { get; }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }
}
