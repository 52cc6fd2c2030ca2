using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>What a port is about to send: packets gather here, of many clients or the blocks of a window, and leave in one system call.</summary>
internal sealed class Outbox(DatagramSocket socket, IFlightRecorder? recorder = null)
{
    private const int Datagrams = 512;
    private const int Octets = 512 * 1024; // 512 blocks at blksize 1024, 350 at 1468; stays within a core's cache
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20); // for a full send buffer; after that a loss like any other

    private readonly SendBatch _batch = new(Datagrams, Octets);
    private readonly MappedFiles _files = new();
    private readonly byte[] _scratch = new byte[128 * 1024]; // at least one block of the largest size; a window of 64 × 1468 at once

    public TransferFlight Flight { get; } = new(recorder ?? NoFlightRecorder.Instance, socket.LocalPort);

    /// <summary>Octets of files since the last asking.</summary>
    public long TakeSent()
    {
        var sent = _sent;
        _sent = 0;
        return sent;
    }

    private long _sent;

    /// <param name="client">Who is told; the default value when that is not known.</param>
    public void SendError(TftpErrorCode code, ReadOnlySpan<byte> message, UdpEndpoint to, LocalAddress from, MacAddress client)
    {
        Span<byte> packet = stackalloc byte[TftpPacket.LongestRequest];
        if (!TftpWriter.TryWriteError(packet, code, message, out var length)) return;
        Flight.Sent(client, packet[..length], to, from);
        Add(packet[..length], to, from);
    }

    public void SendOptions(ReadRequest request, TransferTerms terms, long length, bool again)
    {
        Span<byte> packet = stackalloc byte[128];
        var written = Negotiation.WriteOptionAck(packet, terms, length);
        Flight.Sent(request.Client, packet[..written], request.Peer, request.Local, again: again);
        Add(packet[..written], request.Peer, request.Local);
    }

    /// <inheritdoc cref="MappedFiles.Hold"/>
    public MappedFile? Hold(BootContent content) => _files.Hold(content);

    public void Release(MappedFile file) => _files.Release(file);

    /// <summary>Whole blocks. Where the file has become shorter they don't leave, or end with zeros.</summary>
    public void SendMapped(ReadRequest request, MappedFile file, int blockSize, long first, int count)
    {
        Span<byte> head = stackalloc byte[TftpPacket.DataHeader];
        for (var block = first; block < first + count; block++)
        {
            TftpWriter.TryWriteDataHeader(head, (ushort)block);
            if (_batch.TryAdd(head, file.Mapping, (block - 1) * blockSize, blockSize, request.Peer, request.Local)) continue;
            Flush();
            _batch.TryAdd(head, file.Mapping, (block - 1) * blockSize, blockSize, request.Peer, request.Local);
        }
        _sent += (long)count * blockSize;
    }

    /// <summary>False: the file could not be read, or has become shorter.</summary>
    public bool SendBlocks(ReadRequest request, BootContent content, int blockSize, long first, int count)
    {
        for (var atOnce = Math.Max(1, _scratch.Length / blockSize); count > 0; first += atOnce, count -= atOnce)
        {
            if (!SendRun(request, content, blockSize, first, Math.Min(count, atOnce))) return false;
        }
        return true;
    }

    public void Flush()
    {
        while (_batch.Count > 0)
        {
            var result = socket.Send(_batch);
            if (_batch.Count > 0 && (result.Error is not (Errno.EAGAIN or Errno.ENOBUFS) || !socket.WaitWritable(Patience))) _batch.Clear();
        }
        _files.Close();
    }

    private bool SendRun(ReadRequest request, BootContent content, int blockSize, long first, int count)
    {
        var offset = (first - 1) * blockSize;
        var wanted = (int)Math.Min((long)count * blockSize, content.Length - offset);
        var data = _scratch.AsSpan(0, wanted);
        if (!TryRead(content, offset, data)) return false;
        for (var i = 0; i < count; i++)
        {
            var block = data[Math.Min(i * blockSize, wanted)..Math.Min((i + 1) * blockSize, wanted)];
            var packet = Reserve(TftpPacket.DataHeader + block.Length, request.Peer, request.Local);
            TftpWriter.TryWriteData(packet, (ushort)(first + i), block, out _);
        }
        _sent += wanted;
        return true;
    }

    private static bool TryRead(BootContent content, long offset, Span<byte> data)
    {
        try
        {
            return data.IsEmpty || content.Read(offset, data) == data.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Add(ReadOnlySpan<byte> packet, UdpEndpoint to, LocalAddress from) => packet.CopyTo(Reserve(packet.Length, to, from));

    private Span<byte> Reserve(int length, UdpEndpoint to, LocalAddress from)
    {
        if (_batch.TryReserve(length, to, from, out var packet)) return packet;
        Flush();
        return _batch.TryReserve(length, to, from, out packet) ? packet : throw new InvalidOperationException("a packet is larger than the batch");
    }
}
