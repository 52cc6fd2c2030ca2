using System.Buffers.Binary;
using System.Diagnostics;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Tests.Storms;

/// <summary>
/// Many clients that download one file at once, each from an address of its own: one socket and one thread, packets are told apart by the
/// address that they come to. Each repeats its last packet after a second, and gives up after five times.
/// </summary>
internal sealed class Crowd(DatagramSocket socket, UdpEndpoint server, uint firstAddress, byte[] file, int blockSize)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private const int Retries = 5;

    private readonly SendBatch _answers = new(256, 64 * 1024);
    private readonly byte[] _packet = new byte[256];
    private Member[] _members = [];
    private int _left;

    public int Done => _members.Count(static member => member.IsDone);
    public int Repeated { get; private set; }
    public int WrongBlocks { get; private set; }
    public TimeSpan Took { get; private set; }

    public void Download(int clients, TimeSpan limit)
    {
        _members = [.. Enumerable.Range(0, clients).Select(i => new Member { From = new LocalAddress(firstAddress + (uint)i, 0), Peer = server })];
        _left = clients;
        var clock = Stopwatch.StartNew();
        foreach (var member in _members) Say(member, TimeSpan.Zero);
        Flush();
        var batch = new DatagramBatch(64, blockSize + TftpPacket.DataHeader);
        for (var swept = TimeSpan.Zero; _left > 0 && clock.Elapsed < limit;)
        {
            socket.Receive(batch, TimeSpan.FromMilliseconds(10));
            var now = clock.Elapsed;
            for (var i = 0; i < batch.Count; i++) Hear(batch[i], now);
            if (now - swept > TimeSpan.FromMilliseconds(50)) Sweep(swept = now);
            Flush();
        }
        Took = clock.Elapsed;
    }

    private void Hear(in Datagram datagram, TimeSpan now)
    {
        var member = _members[datagram.Local.Address - firstAddress];
        if (member.IsOver || !TftpPacket.TryParse(datagram.Payload, out var packet, out _)) return;
        member.Peer = datagram.Source;
        if (packet.Opcode == TftpOpcode.OptionAck && member.Block < 0) member.Block = 0;
        else if (packet.Opcode != TftpOpcode.Data || packet.Block != (ushort)(member.Block + 1)) return;
        else Take(member, packet.Data);
        member.Tries = 0;
        Say(member, now);
    }

    private void Take(Member member, ReadOnlySpan<byte> data)
    {
        var offset = (int)member.Block * blockSize;
        if (!data.SequenceEqual(file.AsSpan(offset, Math.Min(blockSize, file.Length - offset)))) WrongBlocks++;
        member.Block++;
        if (data.Length == blockSize) return;
        member.IsDone = true;
        _left--;
    }

    private void Sweep(TimeSpan now)
    {
        foreach (var member in _members)
        {
            if (member.IsOver || now - member.SaidAt < Retry) continue;
            Repeated++;
            if (++member.Tries > Retries) _left--;
            else Say(member, now);
        }
    }

    private void Say(Member member, TimeSpan now)
    {
        member.SaidAt = now;
        var length = 4;
        if (member.Block < 0)
        {
            var writer = TftpWriter.ReadRequest(_packet, "kernel"u8);
            writer.AddOption(TftpOption.BlockSize, (ulong)blockSize);
            writer.TryFinish(out length);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(_packet, 4 << 16 | (ushort)member.Block);
        }
        if (!_answers.TryAdd(_packet.AsSpan(0, length), member.Peer, member.From))
        {
            Flush();
            _answers.TryAdd(_packet.AsSpan(0, length), member.Peer, member.From);
        }
    }

    private void Flush()
    {
        while (_answers.Count > 0 && socket.Send(_answers).Error is Errno.EAGAIN or Errno.ENOBUFS) socket.WaitWritable(TimeSpan.FromMilliseconds(20));
        _answers.Clear();
    }

    private sealed class Member
    {
        public required LocalAddress From { get; init; }
        public required UdpEndpoint Peer { get; set; }
        public long Block { get; set; } = -1; // not answered
        public TimeSpan SaidAt { get; set; }
        public int Tries { get; set; }
        public bool IsDone { get; set; }
        public bool IsOver => IsDone || Tries > Retries;
    }
}
