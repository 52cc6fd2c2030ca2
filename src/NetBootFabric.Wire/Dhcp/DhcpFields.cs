namespace NetBootFabric.Wire.Dhcp;

/// <summary>
/// How full the three fields are that can hold options, in the order in which a receiver joins them: options, file, sname (RFC 2131 §4.1).
/// </summary>
internal struct DhcpFields
{
    /// <summary>Head of an option: code and length.</summary>
    private const int Head = 2;
    /// <summary>The end option.</summary>
    private const int End = 1;
    /// <summary>Option 52 with its one octet: kept free, since only the end shows whether it is needed.</summary>
    private const int OverloadOption = 3;

    private Field _options;
    private Field _file;
    private Field _sname;
    private int _kept;

    public DhcpFields(int messageLimit)
    {
        _options = new Field(DhcpLayout.Options, messageLimit - End - OverloadOption);
        _file = new Field(DhcpLayout.File, DhcpLayout.File + DhcpLayout.FileSize - End);
        _sname = new Field(DhcpLayout.Sname, DhcpLayout.Sname + DhcpLayout.SnameSize - End);
    }

    /// <summary>Keeps the field for a name and its NUL.</summary>
    public bool TryTakeFile(int nameLength) => _file.TryTake(nameLength);

    public bool TryTakeSname(int nameLength) => _sname.TryTake(nameLength);

    /// <summary>Keeps room at the end of the options field for one option of this length, in several parts if over 255.</summary>
    public bool TryKeepRoom(int length)
    {
        var needed = SizeOf(length);
        if (_options.Room < needed) return false;
        _options.Limit -= needed;
        _kept = needed;
        return true;
    }

    /// <summary>Into the options field and nowhere else.</summary>
    public bool TryAddUnmoved(Span<byte> buffer, byte code, scoped ReadOnlySpan<byte> octets)
    {
        if (_options.Room < SizeOf(octets.Length)) return false;
        PutParts(buffer, code, octets);
        return true;
    }

    /// <summary>In one piece where it fits in one, otherwise in parts over what is left; all or nothing.</summary>
    public bool TryAdd(Span<byte> buffer, byte code, scoped ReadOnlySpan<byte> octets)
    {
        if (octets.Length <= byte.MaxValue)
        {
            if (_options.TryPut(buffer, code, octets) || _file.TryPut(buffer, code, octets) || _sname.TryPut(buffer, code, octets)) return true;
        }
        if (octets.IsEmpty) return false;
        var before = this;
        if (_options.Fill(buffer, code, ref octets) || _file.Fill(buffer, code, ref octets) || _sname.Fill(buffer, code, ref octets)) return true;
        this = before;
        _file.Erase(buffer);
        _sname.Erase(buffer);
        return false;
    }

    /// <summary>Writes option 52 where it is needed, the echo of the relay agent, the ends and the padding.</summary>
    /// <returns>Octets of the message.</returns>
    public int Finish(Span<byte> buffer, scoped ReadOnlySpan<byte> relayInformation)
    {
        _options.Limit += _kept + OverloadOption;
        PutOverload(buffer);
        if (!relayInformation.IsEmpty) PutParts(buffer, DhcpLayout.RelayInformationCode, relayInformation);
        buffer[_options.At++] = DhcpLayout.End;
        if (_options.At >= DhcpLayout.MinimumMessage) return _options.At;
        buffer[_options.At..DhcpLayout.MinimumMessage].Clear();
        return DhcpLayout.MinimumMessage;
    }

    private void PutOverload(Span<byte> buffer)
    {
        byte overload = 0;
        if (_file.HoldsOptions) overload |= DhcpLayout.OverloadFile;
        if (_sname.HoldsOptions) overload |= DhcpLayout.OverloadSname;
        if (overload == 0) return;
        _file.Close(buffer);
        _sname.Close(buffer);
        _options.TryPut(buffer, DhcpLayout.OverloadCode, [overload]);
    }

    private void PutParts(Span<byte> buffer, byte code, scoped ReadOnlySpan<byte> octets)
    {
        if (octets.Length <= byte.MaxValue) _options.TryPut(buffer, code, octets);
        else _options.Fill(buffer, code, ref octets);
    }

    /// <summary>Octets with a head for every 255 begun.</summary>
    private static int SizeOf(int length) => length + Head * Math.Max(1, (length + byte.MaxValue - 1) / byte.MaxValue);

    /// <summary>A part of the buffer that takes options.</summary>
    private struct Field(int start, int limit)
    {
        private readonly int _start = start;

        public int At = start;
        public int Limit = limit;
        private bool _taken;

        public readonly int Room => _taken ? 0 : Limit - At;
        public readonly bool HoldsOptions => At > _start;

        public bool TryTake(int nameLength)
        {
            if (_taken || HoldsOptions || nameLength > Room) return false;
            _taken = true;
            return true;
        }

        public bool TryPut(Span<byte> buffer, byte code, scoped ReadOnlySpan<byte> octets)
        {
            if (Room < Head + octets.Length) return false;
            buffer[At] = code;
            buffer[At + 1] = (byte)octets.Length;
            octets.CopyTo(buffer[(At + Head)..]);
            At += Head + octets.Length;
            return true;
        }

        /// <summary>Puts parts of up to 255 octets while there is room; true when nothing is left over.</summary>
        public bool Fill(Span<byte> buffer, byte code, scoped ref ReadOnlySpan<byte> octets)
        {
            while (!octets.IsEmpty && Room > Head)
            {
                var part = Math.Min(Math.Min(octets.Length, byte.MaxValue), Room - Head);
                TryPut(buffer, code, octets[..part]);
                octets = octets[part..];
            }
            return octets.IsEmpty;
        }

        /// <summary>Clears what parts that were taken back left behind.</summary>
        public readonly void Erase(Span<byte> buffer)
        {
            if (!_taken) buffer[At..Limit].Clear();
        }

        public readonly void Close(Span<byte> buffer)
        {
            if (HoldsOptions) buffer[At] = DhcpLayout.End;
        }
    }
}
