using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Flight;

/// <summary>
/// Keeps the last packets and decisions of each client in a ring of octets. When all rings are taken, clients that booted longest ago give theirs, then strangers, then failed boots. A boot
/// that fails is set aside, so that the client's next one does not write over it. Any thread; a packet of a client that has a ring takes one lock of that client and allocates nothing.
/// </summary>
/// <param name="isKnown">Whether a machine is more than a MAC address that somebody may have made up: it has a node entry or a lease.</param>
/// <param name="clientAt">Who has an address now; null: nobody.</param>
public sealed class FlightRecorder(TimeProvider time, FlightLimits limits, Predicate<MacAddress> isKnown, Func<Ipv4Address, MacAddress?> clientAt) : IFlightRecorder
{
    private readonly FlightShelf _shelf = new(limits, isKnown);

    /// <summary>Clients of which something is remembered.</summary>
    public int Clients => _shelf.Count;

    /// <summary>What the rings take, in octets. Grows to the limit and never shrinks.</summary>
    public long Octets => (long)_shelf.Rings * limits.Ring;

    public MacAddress ClientAt(Ipv4Address address) => address.IsAny ? default : clientAt(address) ?? default;

    public void Packet(MacAddress client, in FlightPacket packet, ReadOnlySpan<byte> payload)
    {
        if (client.Value == 0) return;
        var length = Math.Max(packet.Length, payload.Length);
        if (payload.Length > FlightFormat.LongestPayload) payload = payload[..FlightFormat.LongestPayload];
        Span<byte> packed = stackalloc byte[FlightFormat.LongestPayload];
        // Only BOOTP has long runs of zeros; what gets no shorter is kept as it is.
        var packedLength = 0;
        var isPacked = packet.Protocol == FlightProtocol.Dhcp && ZeroRuns.TryPack(payload, packed[..payload.Length], out packedLength) && packedLength < payload.Length;
        ReadOnlySpan<byte> body = isPacked ? packed[..packedLength] : payload;
        Span<byte> head = stackalloc byte[FlightFormat.PacketHead];
        FlightFormat.WritePacket(head, Now(), packet, length, body.Length, isPacked);
        Append(client, head, body);
    }

    public void Note(MacAddress client, FlightProtocol protocol, string text)
    {
        if (client.Value == 0) return;
        Span<byte> body = stackalloc byte[FlightFormat.LongestNote];
        body = body[..FlightFormat.WriteText(body, text)];
        Span<byte> head = stackalloc byte[FlightFormat.NoteHead];
        FlightFormat.WriteNote(head, Now(), protocol, body.Length);
        Append(client, head, body);
    }

    /// <summary>The client entered a phase: to be called for each, by a board of clients.</summary>
    public void Entered(ClientState state)
    {
        if (state.Current is not { } boot) return;
        if (_shelf.Find(state.Mac) is { } before && before.Boot != boot.Number) Begin(before, state, boot);
        Note(state.Mac, FlightProtocol.Boot, FlightNotes.Phase(boot));
        if (_shelf.Find(state.Mac) is not { } flight) return;
        flight.Boot = boot.Number;
        if (boot.Phase == BootPhase.Failed) _shelf.Freeze(flight, boot.Number);
        else if (boot.Phase == BootPhase.Booted) _shelf.Move(flight, FlightPlace.Booted);
        else if (boot.Phase >= BootPhase.Bound || flight.Place == FlightPlace.Booted) _shelf.Move(flight, FlightPlace.Going);
    }

    public FlightLog Read(MacAddress client)
    {
        if (_shelf.Find(client) is not { } flight) return new FlightLog();
        byte[] current, failed;
        long failedBoot;
        lock (flight.Gate) (current, failed, failedBoot) = (flight.Current?.ToArray() ?? [], flight.Failed?.ToArray() ?? [], flight.FailedBoot);
        return new FlightLog { Current = FlightFormat.Read(current), Failed = FlightFormat.Read(failed), FailedBoot = failedBoot };
    }

    /// <summary>A boot that was given up for a new one has failed, and its client's last packet is the new one's first.</summary>
    private void Begin(ClientFlight flight, ClientState state, BootRecord boot)
    {
        if (state.History is [{ Failure: { } failure } ended, ..] && ended.Number == flight.Boot && ended.Number != flight.FailedBoot)
        {
            _shelf.Freeze(flight, ended.Number, FlightNotes.NewBoot);
            Note(state.Mac, FlightProtocol.Boot, FlightNotes.Failure(ended.Number, failure));
        }
        flight.Boot = boot.Number;
    }

    private void Append(MacAddress client, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        // Twice: between the finding and the writing its ring may give way to another client's.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var flight = _shelf.Find(client);
            if (flight?.Current is null) flight = _shelf.Open(client);
            if (flight is null) return;
            lock (flight.Gate)
            {
                if (flight.Current is not { } ring) continue;
                ring.Append(head, body);
                return;
            }
        }
    }

    private long Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
