using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>Sends what HttpClient would not.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static RawClient Connect(IPEndPoint server, int receiveBuffer = 0)
    {
        var client = new RawClient();
        if (receiveBuffer > 0) client._socket.ReceiveBufferSize = receiveBuffer;
        client._socket.ReceiveTimeout = (int)Limit.TotalMilliseconds;
        client._socket.Connect(server);
        return client;
    }

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>A server that closed already shows in what is read.</summary>
    public void Send(string text)
    {
        try
        {
            _socket.Send(Encoding.Latin1.GetBytes(text));
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
        }
    }

    /// <summary>Nothing more is said; answers are still read.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>As a machine does that is switched off and on again.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    /// <summary>Until the headers' end.</summary>
    public string ReadHead() => ReadUntil(text => text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal));

    /// <summary>Octets of the body of one answer.</summary>
    public int ReadAnswer()
    {
        var answer = ReadHead();
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4; // 4 = the head's end
        var length = int.Parse(answer[(answer.IndexOf("Content-Length: ", StringComparison.Ordinal) + 16)..].Split('\r')[0], CultureInfo.InvariantCulture); // 16 = the field's name
        return answer.Length - end + ReadSome(length - (answer.Length - end));
    }

    /// <summary>So many octets, or some more.</summary>
    public int ReadSome(int octets) => ReadUntil(text => text.Length >= octets).Length;

    /// <summary>Until the server closes.</summary>
    public string ReadToEnd() => ReadUntil(_ => false);

    private string ReadUntil(Func<StringBuilder, bool> enough)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (!enough(text))
        {
            int read;
            try
            {
                read = _socket.Receive(buffer);
            }
            catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
            {
                break;
            }
            if (read == 0) break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        return text.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
