using FsCheck;
using FsCheck.Fluent;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests.Properties;

/// <summary>What is written is read again. A failure prints FsCheck's seed and the smallest case.</summary>
public sealed class RoundTripProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500);

    /// <summary>All 64 bits, evenly.</summary>
    private static readonly Gen<ulong> Word = Gen.Choose(0, ushort.MaxValue).ArrayOf(4)
        .Select(parts => parts.Aggregate(0UL, (word, part) => (word << 16) | (uint)part));

    private readonly byte[] _buffer = new byte[4096];
    private readonly byte[] _scratch = new byte[4096];

    [Fact]
    public void Every_fixed_field_of_dhcp() => Check.One(Config, Prop.ForAll(Word.ArrayOf(9).ToArbitrary(), words =>
    {
        var n = words.Select(word => (uint)word).ToArray();
        var writer = new DhcpWriter(_buffer, DhcpOp.Reply)
        {
            Hops = (byte)n[0],
            Xid = n[1],
            Secs = (ushort)n[2],
            Flags = (ushort)n[3],
            Ciaddr = new Ipv4Address(n[4]),
            Yiaddr = new Ipv4Address(n[5]),
            Siaddr = new Ipv4Address(n[6]),
            Giaddr = new Ipv4Address(n[7]),
            Chaddr = new MacAddress(n[8]),
        };
        return writer.TryFinish(out var length)
            && DhcpPacket.TryParse(_buffer.AsSpan(0, length), out var read, out _)
            && read.Op == DhcpOp.Reply && read.HasMacAddress
            && read.Hops == (byte)n[0] && read.Xid == n[1] && read.Secs == (ushort)n[2] && read.Flags == (ushort)n[3]
            && read.Ciaddr.Value == n[4] && read.Yiaddr.Value == n[5] && read.Siaddr.Value == n[6] && read.Giaddr.Value == n[7]
            && read.Chaddr.Value == n[8];
    }));

    /// <summary>Any options in any order, long ones included, into a message of any size: all are there, or there is no message.</summary>
    [Fact]
    public void Every_option_of_dhcp_moved_and_split_or_not() => Check.One(Config, Prop.ForAll(OptionCases(), options =>
    {
        var writer = new DhcpWriter(_buffer, DhcpOp.Reply, options.Limit);
        foreach (var (code, value) in options.Values) writer.AddOctets(code, value);
        if (!writer.TryFinish(out var length)) return options.Total > options.Limit - 240 - 4 - 3 * options.Values.Count;
        return length >= 300 && length <= options.Limit
            && DhcpPacket.TryParse(_buffer.AsSpan(0, length), _scratch.AsSpan(0, length), out var packet, out _)
            && HoldsAll(packet, options.Values);
    }));

    [Fact]
    public void What_may_be_left_out_is_there_in_full_or_not_at_all() => Check.One(Config, Prop.ForAll(OptionCases(), options =>
    {
        var kept = new Dictionary<byte, byte[]>();
        var writer = new DhcpWriter(_buffer, DhcpOp.Reply, options.Limit);
        foreach (var (code, value) in options.Values)
            if (writer.TryAddOctets(code, value)) kept.Add(code, value);
        return writer.TryFinish(out var length)
            && DhcpPacket.TryParse(_buffer.AsSpan(0, length), _scratch, out var packet, out _)
            && HoldsAll(packet, kept)
            && options.Values.Keys.Except(kept.Keys).All(code => !Contains(_buffer.AsSpan(0, length), code));
    }));

    [Fact]
    public void Every_read_request_and_option_of_tftp() => Check.One(Config, Prop.ForAll(Names(), Names(), Word.ToArbitrary(), (file, option, word) =>
    {
        var number = word >> 1; // file sizes are positive 64-bit numbers
        var writer = TftpWriter.ReadRequest(_buffer, file);
        writer.AddOption(TftpOption.TransferSize, number);
        writer.AddOption([(byte)'x', .. option], option);
        if (!writer.TryFinish(out var length)) return file.Length + 2 * option.Length > 400;
        return TftpPacket.TryParse(_buffer.AsSpan(0, length), out var packet, out _)
            && packet.FileName.SequenceEqual(file) && packet.Mode == TftpMode.Octet
            && packet.Options.TryGetTransferSize(out var size) && size == number
            && packet.Options.TryGet([(byte)'x', .. option], out var value) && value.SequenceEqual(option);
    }));

    [Fact]
    public void Every_block_and_ack_of_tftp() => Check.One(Config, Prop.ForAll(Gen.Choose(0, ushort.MaxValue).Select(block => (ushort)block).ToArbitrary(), Octets(), (block, data) =>
        TftpWriter.TryWriteData(_buffer, block, data, out var length)
        && TftpPacket.TryParse(_buffer.AsSpan(0, length), out var packet, out _)
        && packet.Opcode == TftpOpcode.Data && packet.Block == block && packet.Data.SequenceEqual(data)
        && TftpWriter.TryWriteAck(_buffer, block, out length)
        && TftpPacket.TryParse(_buffer.AsSpan(0, length), out packet, out _)
        && packet.Opcode == TftpOpcode.Ack && packet.Block == block));

    [Fact]
    public void Every_arp_packet() => Check.One(Config, Prop.ForAll(Word.ArrayOf(3).ToArbitrary(), words =>
    {
        var packet = new ArpPacket((ArpOperation)(1 + words[0] % 2), Mac(words[0]), new((uint)words[1]), Mac(words[1]), new((uint)words[2]));
        return packet.TryWrite(_buffer) && ArpPacket.TryParse(_buffer, out var read, out _) && read == packet;
    }));

    [Fact]
    public void Every_udp_frame() => Check.One(Config, Prop.ForAll(Word.ArrayOf(3).ToArbitrary(), Octets(), (words, payload) =>
    {
        var header = new UdpFrame
        {
            SourceMac = Mac(words[0]),
            DestinationMac = Mac(words[1]),
            Source = new((uint)words[0]),
            SourcePort = (ushort)words[2],
            Destination = new((uint)words[1]),
            DestinationPort = (ushort)(words[2] >> 16),
        };
        return header.TryWrite(_buffer, payload, out var length)
            && UdpFrame.TryParse(_buffer.AsSpan(0, length), out var read, out var octets, out _)
            && read == header && octets.SequenceEqual(payload);
    }));

    /// <summary>Options by code; the message may be no longer than the limit.</summary>
    private sealed record OptionCase(IReadOnlyDictionary<byte, byte[]> Values, int Limit)
    {
        public int Total => Values.Sum(option => option.Value.Length);
    }

    private static Arbitrary<OptionCase> OptionCases()
    {
        var code = Gen.Choose(1, 254).Where(code => code is not (52 or 53 or 82)).Select(code => (byte)code);
        var length = Gen.Frequency((6, Gen.Choose(0, 40)), (2, Gen.Choose(100, 260)), (1, Gen.Choose(250, 800)));
        var value = from octets in length from seed in Gen.Choose(0, 255) select Enumerable.Repeat((byte)seed, octets).ToArray();
        var option = from c in code from v in value select (c, v);
        var cases = from options in option.ListOf()
                    from limit in Gen.Choose(300, 1472)
                    select new OptionCase(options.DistinctBy(one => one.c).ToDictionary(one => one.c, one => one.v), limit);
        return cases.ToArbitrary();
    }

    /// <summary>1 to 200 printable characters.</summary>
    private static Arbitrary<byte[]> Names() =>
        (from length in Gen.Choose(1, 200) from letters in Gen.Choose('!', '~').Select(letter => (byte)letter).ArrayOf(length) select letters).ToArbitrary();

    private static Arbitrary<byte[]> Octets() =>
        (from length in Gen.Choose(0, 1500) from octets in Gen.Choose(0, 255).Select(octet => (byte)octet).ArrayOf(length) select octets).ToArbitrary();

    private static MacAddress Mac(ulong word) => new(word & MacAddress.Broadcast.Value);

    private static bool HoldsAll(in DhcpPacket packet, IReadOnlyDictionary<byte, byte[]> options)
    {
        foreach (var (code, value) in options)
            if (!packet.TryGetOctets(code, out var octets) || !octets.SequenceEqual(value)) return false;
        return true;
    }

    private bool Contains(ReadOnlySpan<byte> message, byte code) =>
        DhcpPacket.TryParse(message, _scratch, out var packet, out _) && packet.Contains(code);
}
