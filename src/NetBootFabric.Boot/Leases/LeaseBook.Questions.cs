using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// Leases that run by the record, while their client may be gone: on the fixed address of a node whose card was replaced or that boots by another one, and after a clock
/// that can't be believed. ARP decides: who is heard keeps the address, from whom nothing comes the lease is taken.
/// </summary>
public sealed partial class LeaseBook
{
    /// <summary>As long as a node waits for the verdict without an answer: three probes a second apart, and a little. Where ARP does not reach, it then gets another address.</summary>
    public static readonly TimeSpan QuestionTime = TimeSpan.FromSeconds(6);

    /// <summary>Who was heard is not in question again for so long.</summary>
    private static readonly TimeSpan PresenceTime = TimeSpan.FromSeconds(30);

    /// <summary>Nobody sets a subnet's lease time lower by more than this, and if so, its leases end with it.</summary>
    private static readonly TimeSpan LongestPromise = TimeSpan.FromDays(7);

    private readonly Dictionary<Ipv4Address, Question> _questions = [];
    private volatile bool _hasQuestions;

    public bool IsInQuestion(MacAddress client, Ipv4Address address, DateTimeOffset now)
    {
        lock (_lock)
        {
            Advance(now);
            if (!_room.IsOwner(client, address) || !_slots.TryGetValue(address, out var slot) || slot.QuarantinedUntil > _now) return false;
            if (slot.Lease is not { } lease || lease.Client == client || lease.ExpiresAt.UtcTicks <= _now) return false;
            if (_questions.TryGetValue(address, out var asked) && (asked.SeenAt == 0 || _now - asked.SeenAt < PresenceTime.Ticks))
                return asked.SeenAt == 0 && _now - asked.At < QuestionTime.Ticks;
            Ask(address);
            return true;
        }
    }

    public IReadOnlyList<Ipv4Address> InQuestion(Subnet subnet)
    {
        if (!_hasQuestions) return [];
        lock (_lock) return [.. _questions.Where(each => each.Value.SeenAt == 0 && subnet.Network.Contains(each.Key)).Select(static each => each.Key)];
    }

    public void Seen(Ipv4Address address)
    {
        if (!_hasQuestions) return;
        lock (_lock)
        {
            if (_questions.TryGetValue(address, out var asked)) _questions[address] = asked with { SeenAt = Math.Max(_now, 1) };
        }
    }

    public void Vanished(Ipv4Address address)
    {
        MacAddress client;
        lock (_lock)
        {
            if (!_questions.TryGetValue(address, out var asked) || asked.SeenAt != 0) return;
            if (!_slots.TryGetValue(address, out var slot) || slot.Lease is not { } lease || slot.Pending > 0)
            {
                Answered(address);
                return;
            }
            client = lease.Client;
        }
        Release(client, address, static _ => { });
    }

    private void Ask(Ipv4Address address)
    {
        _questions[address] = new Question(_now, 0);
        _hasQuestions = true;
    }

    /// <summary>The lease was ended, renewed or given anew: nothing is open about it.</summary>
    private void Answered(Ipv4Address address)
    {
        if (_hasQuestions && _questions.Remove(address)) _hasQuestions = _questions.Count > 0;
    }

    /// <summary>A fixed address that a card still has which is none of its node's any more.</summary>
    private void AskForStrayLeases()
    {
        foreach (var (address, owner) in _room.FixedAddresses)
            if (_slots.TryGetValue(address, out var slot) && slot.Lease is { } lease && lease.ExpiresAt.UtcTicks > _now && lease.Client != owner && !_room.IsOwner(lease.Client, address) && !_questions.ContainsKey(address))
                Ask(address);
    }

    /// <summary>What the clock says to have ended, if it is right.</summary>
    private void AskForDoubtful(ClockFinding clock)
    {
        if (clock.IsCertain || clock.Jump <= TimeSpan.Zero) return;
        foreach (var slot in _slots.Values)
            if (slot.Lease is { } lease && lease.ExpiresAt.UtcTicks > _now && lease.ExpiresAt.UtcTicks - clock.Jump.Ticks <= _now) Ask(slot.Address);
    }

    /// <summary>No lease runs for longer than its subnet's, whatever clock it was written by.</summary>
    private Lease Bounded(Lease lease)
    {
        if (_now == 0 || _room.SubnetOf(lease.Address) is not { } subnet) return lease;
        var longest = _now + subnet.LeaseTime.Ticks + LongestKept.Ticks;
        return lease.ExpiresAt.UtcTicks > longest ? lease with { ExpiresAt = new DateTimeOffset(longest, TimeSpan.Zero) } : lease;
    }

    /// <summary>What a clock wrote that was far ahead is written anew, or its row would keep the address for as long. Not what a shorter lease time cut: that client was promised more.</summary>
    private void Correct(LeaseInventory inventory)
    {
        foreach (var row in inventory.Leases)
            if (Bounded(row) is var bounded && row.ExpiresAt - bounded.ExpiresAt > LongestPromise) _store.Commit(bounded, Math.Max(0, _heads.EpochOf(bounded.Shard)), static _ => { });
    }

    /// <param name="SeenAt">When somebody was heard at the address; 0: nobody yet.</param>
    private readonly record struct Question(long At, long SeenAt);
}
