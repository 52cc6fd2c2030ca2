using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Benchmarks.Limits;

/// <summary>DATA packets of one file, made before the first client asks.</summary>
internal sealed class DataBatch
{
    private const int Packets = 256;

    private readonly Outgoing _outgoing;
    private readonly byte[] _data;
    private readonly int _stride, _blocks;

    public DataBatch(DatagramSocket socket, byte[] file, ushort blockSize)
    {
        _stride = blockSize + TftpPacket.DataHeader;
        _blocks = file.Length / blockSize + 1;
        _outgoing = new Outgoing(socket, Packets, Packets * _stride);
        _data = new byte[file.Length + _blocks * TftpPacket.DataHeader];
        for (var i = 0; i < _blocks; i++)
        {
            var body = file.AsSpan(i * blockSize, Math.Min(blockSize, file.Length - i * blockSize));
            TftpWriter.TryWriteData(_data.AsSpan(i * _stride), (ushort)(i + 1), body, out _);
        }
    }

    public void Add(ReadOnlySpan<byte> packet, UdpEndpoint to) => _outgoing.Add(packet, to, default);

    /// <param name="first">Counted from 1.</param>
    public void AddBlocks(int first, int count, UdpEndpoint to)
    {
        for (var block = first; block < first + count; block++)
        {
            var offset = (block - 1) * _stride;
            _outgoing.Add(_data.AsSpan(offset, Math.Min(_stride, _data.Length - offset)), to, default);
        }
    }

    public void Flush() => _outgoing.Flush();
}
