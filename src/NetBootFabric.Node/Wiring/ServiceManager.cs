using System.Net.Sockets;
using System.Text;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// Tells systemd how far the service is (sd_notify(3)), where it asks to be told: a start is over when clients are served, and not before. UseSystemd() has no watchdog, waits for a manager that does
/// not read for ever, and takes a second SIGTERM for the first.
/// </summary>
internal sealed class ServiceManager
{
    private const string Variable = "NOTIFY_SOCKET";
    private const int Patience = 1000;

    public void Ready(string status) => Tell($"READY=1\nSTATUS={status}");

    public void Stopping() => Tell("STOPPING=1\nSTATUS=draining");

    public void Alive() => Tell("WATCHDOG=1");

    /// <summary>A manager that does not listen is no reason not to serve.</summary>
    private static void Tell(string state)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 1 } path) return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = Patience };
            // A leading @ stands for the zero octet of an abstract name.
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
        }
        catch (SocketException)
        {
        }
    }
}
