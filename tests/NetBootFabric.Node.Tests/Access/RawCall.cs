using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NetBootFabric.Node.Tests.Access;

/// <summary>Sends octets that no HTTP client would.</summary>
internal static class RawCall
{
    public static async Task<Socket> OpenAsync(Uri address, string text, int receiveBuffer = 65_536)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = receiveBuffer };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        return socket;
    }

    /// <returns>The status of the answer; 0: the connection was closed without one.</returns>
    public static async Task<int> StatusAsync(Uri address, string text)
    {
        using var socket = await OpenAsync(address, text);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var answer = new byte[12]; // HTTP/1.1 401
        var length = 0;
        while (length < answer.Length && await socket.ReceiveAsync(answer.AsMemory(length), limit.Token) is > 0 and var more) length += more;
        return length == answer.Length ? int.Parse(Encoding.ASCII.GetString(answer, 9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
