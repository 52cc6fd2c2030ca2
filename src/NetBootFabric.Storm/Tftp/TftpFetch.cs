using System.Text;
using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Network;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Storm.Tftp;

/// <summary>One file by TFTP (RFC 1350, options of RFC 2347 to 2349 and 7440): a repeated request comes from the same port, since it is the same transfer.</summary>
internal sealed class TftpFetch(Station station, TftpManner manner, Ipv4Address server, string file, Download download) : Step
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(file);
    private bool _probing = manner.ProbesSize;
    private ushort _port, _serverPort;
    private ushort _blockSize = TftpOption.DefaultBlock, _window = 1;
    private long _expected = 1; // number of the next block, without roll-over
    private int _inWindow, _try;
    private long? _size;

    /// <summary>The server has no such file.</summary>
    public bool IsMissing { get; private set; }

    private bool IsOpen => _serverPort != 0;

    public override void Start(TimeSpan now)
    {
        station.Counters.TftpRequests++;
        _port = station.NextPort();
        (_serverPort, _try) = (0, 0);
        Repeat(now);
    }

    public override void Expire(TimeSpan now)
    {
        if (++_try < manner.Gaps.Length)
        {
            if (!IsOpen || manner.AcknowledgesAgain) RepeatAfterSilence(now);
            else Deadline = now + manner.Gaps[_try];
        }
        else if (IsOpen) Fail(FailureStep.TftpReadTimeout, $"{file}: nothing after block {_expected - 1}");
        else Fail(FailureStep.TftpTimeout, $"{file}: no answer from {server}");
    }

    public override void OnUdp(in UdpFrame header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (header.Source != server || header.DestinationPort != _port) return;
        if (IsOpen && header.SourcePort != _serverPort) return; // a second transfer that a repeated request began
        // A virtual interface hands on what its sender's kernel has left in one piece for a card to cut (UDP segmentation offload).
        var whole = TftpPacket.DataHeader + _blockSize;
        for (; payload.Length > whole && IsData(payload) && State == StepState.Going; payload = payload[whole..]) Take(payload[..whole], header.SourcePort, now);
        if (State == StepState.Going) Take(payload, header.SourcePort, now);
    }

    private void Take(ReadOnlySpan<byte> datagram, ushort serverPort, TimeSpan now)
    {
        if (!TftpPacket.TryParse(datagram, out var packet, out _)) return;
        switch (packet.Opcode)
        {
            case TftpOpcode.OptionAck:
                TakeOptions(packet.Options, serverPort, now);
                break;
            case TftpOpcode.Data:
                TakeData(packet, serverPort, now);
                break;
            case TftpOpcode.Error:
                TakeError(packet);
                break;
        }
    }

    private static bool IsData(ReadOnlySpan<byte> datagram) => datagram[0] == 0 && datagram[1] == (byte)TftpOpcode.Data;

    private void TakeOptions(TftpOptionList options, ushort serverPort, TimeSpan now)
    {
        if (_expected > 1) return; // an old one
        if (!IsOpen && !Agree(options)) return;
        _serverPort = serverPort;
        if (_probing) EndProbe(now);
        else Acknowledge(now);
    }

    private bool Agree(TftpOptionList options)
    {
        if (options.TryGetTransferSize(out var size)) _size = (long)size;
        else if (manner.NeedsSize && _size is null)
        {
            Fail(FailureStep.TftpNoTransferSize, $"{file}: the server does not tell its size");
            return false;
        }
        if (options.TryGetBlockSize(out var block)) _blockSize = block;
        if (options.TryGetWindowSize(out var window)) _window = window;
        if (_blockSize <= manner.BlockSize && _window <= Math.Max((ushort)1, manner.WindowSize)) return true;
        Fail(FailureStep.TftpError, $"{file}: the server takes larger options than it was asked for");
        return false;
    }

    private void EndProbe(TimeSpan now)
    {
        TftpWriter.TryWriteError(station.Payload, TftpErrorCode.OptionNegotiation, "User aborted the transfer"u8, out var length);
        Send(length);
        _probing = false;
        Start(now);
    }

    private void TakeData(TftpPacket packet, ushort serverPort, TimeSpan now)
    {
        if (!IsOpen && manner.NeedsSize && _size is null)
        {
            Fail(FailureStep.TftpNoTransferSize, $"{file}: the server takes no options");
            return;
        }
        _serverPort = serverPort;
        var ahead = (short)(packet.Block - (ushort)_expected);
        if (ahead == 0) TakeNext(packet.Data, now);
        else if (ahead > 0 ? _inWindow >= 0 : ahead == -1) AcknowledgeAgain(now, gap: ahead > 0);
    }

    private void TakeNext(ReadOnlySpan<byte> data, TimeSpan now)
    {
        station.Counters.TftpBlocks++;
        download.Append(data);
        _expected++;
        _try = 0;
        _inWindow = Math.Max(_inWindow, 0) + 1;
        if (data.Length < _blockSize) End(now);
        else if (_inWindow >= _window) Acknowledge(now);
        else Deadline = now + manner.Gaps[0];
    }

    private void End(TimeSpan now)
    {
        Acknowledge(now);
        if (download.Verdict(_size) is { } wrong) Fail(FailureStep.WrongContent, $"{file}: {wrong}");
        else Done();
    }

    private void TakeError(TftpPacket packet)
    {
        IsMissing = packet.ErrorCode == TftpErrorCode.FileNotFound;
        var step = packet.ErrorCode == TftpErrorCode.IllegalOperation ? FailureStep.TftpIllegalOperation : FailureStep.TftpError;
        Fail(step, $"{file}: error {(int)packet.ErrorCode} {Encoding.UTF8.GetString(packet.Data)}");
    }

    private void RepeatAfterSilence(TimeSpan now)
    {
        station.Counters.TftpRetries++;
        Repeat(now);
    }

    private void Repeat(TimeSpan now)
    {
        if (IsOpen) WriteAck();
        else Request();
        Deadline = now + manner.Gaps[_try];
    }

    private void Acknowledge(TimeSpan now)
    {
        WriteAck();
        _inWindow = 0;
        Deadline = now + manner.Gaps[_try];
    }

    /// <summary>A block came twice, or one is missing: the last good one is acknowledged again, once for all that follow a gap (RFC 7440 §4).</summary>
    private void AcknowledgeAgain(TimeSpan now, bool gap)
    {
        station.Counters.TftpRetries++;
        Acknowledge(now);
        if (gap) _inWindow = -1;
    }

    private void Request()
    {
        var writer = TftpWriter.ReadRequest(station.Payload, _name);
        var asksSize = manner.AsksSize && (_probing || !manner.ProbesSize);
        if (asksSize && manner.SizeFirst) writer.AddOption(TftpOption.TransferSize, 0);
        writer.AddOption(TftpOption.BlockSize, manner.BlockSize);
        if (asksSize && !manner.SizeFirst) writer.AddOption(TftpOption.TransferSize, 0);
        if (manner.WindowSize > 0) writer.AddOption(TftpOption.WindowSize, manner.WindowSize);
        if (writer.TryFinish(out var length)) Send(length);
        else Fail(FailureStep.TftpError, $"{file}: no server takes such a name");
    }

    private void WriteAck()
    {
        TftpWriter.TryWriteAck(station.Payload, (ushort)(_expected - 1), out var length);
        Send(length);
    }

    private void Send(int length) => station.Send(server, _port, IsOpen ? _serverPort : TftpPacket.ServerPort, length);
}
