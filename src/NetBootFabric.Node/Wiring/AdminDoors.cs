using System.Net;
using NetBootFabric.Node.Access.Tls;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>The sockets of the admin API.</summary>
internal static class AdminDoors
{
    private const string LoopbackDevice = "lo";
    private const string StateFolder = "/var/lib/netboot-fabric";

    /// <summary>
    /// Off the loopback a socket is bound to the device that has its address: Linux would take a packet for that address from the clients' side as well. A second one is for
    /// who asks on this machine itself, since that comes by the loopback.
    /// </summary>
    /// <exception cref="SocketSetupException">No interface has the address.</exception>
    public static IEnumerable<AdminDoor> Open(AdminOptions options, AdminCertificate? certificate)
    {
        foreach (var endpoint in options.Listen)
        {
            if (IPAddress.IsLoopback(endpoint.Address))
            {
                yield return new AdminDoor(endpoint);
                continue;
            }
            foreach (var device in (string[])[DeviceOf(endpoint), LoopbackDevice])
                yield return new AdminDoor(new BoundEndPoint(DeviceListener.Bind(device, endpoint)), certificate!.Current);
        }
    }

    /// <summary>Null: the loopback needs none.</summary>
    /// <exception cref="IOException">It can't be read or made.</exception>
    public static AdminCertificate? Certificate(NodeOptions options, TimeProvider time)
    {
        var addresses = options.Admin.Listen.Select(endpoint => endpoint.Address).Where(address => !IPAddress.IsLoopback(address)).Distinct().ToList();
        if (addresses.Count == 0) return null;
        if (options.Admin is { Certificate: { } certificate, Key: { } key }) return AdminCertificate.Read(certificate, key, time);
        return AdminCertificate.Own(Path.Combine(FolderOf(options.Store), $"admin-{options.Node}.pem"), options.Node, addresses, time);
    }

    /// <summary>Beside the store where that is a file, else where the service keeps its state.</summary>
    private static string FolderOf(StoreOptions store) => store.Kind == StoreKind.Sqlite
        ? Path.GetDirectoryName(Path.GetFullPath(store.Location))!
        : Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0] ?? StateFolder;

    private static string DeviceOf(IPEndPoint endpoint)
    {
        var links = InterfaceTable.Read();
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(endpoint.Address.GetAddressBytes());
        return links.FirstOrDefault(link => link.Addresses.Any(each => each.Address == value))?.Name
            ?? throw new SocketSetupException($"no interface has {endpoint.Address}, where the admin API is to listen: bring it up, or correct 'admin: {{ listen }}'", Errno.EADDRNOTAVAIL);
    }
}
