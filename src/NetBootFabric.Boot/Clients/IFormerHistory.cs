using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Clients;

/// <summary>
/// Boots' history as releases stored it before there were ledgers: a stream of events for each client. It is read once, written to the ledgers, and then deleted here.
/// Calls fail with the store's exceptions while the database is away. Thread-safe.
/// </summary>
public interface IFormerHistory
{
    /// <summary>The streams that are there still.</summary>
    Task<IReadOnlyList<FormerStream>> ListAsync();

    /// <summary>What each of them holds, in the order asked: some hundreds at a time. One that is gone holds nothing.</summary>
    Task<IReadOnlyList<FormerItems>> ReadAsync(IReadOnlyList<FormerStream> streams);

    Task DeleteAsync(IReadOnlyList<FormerStream> streams);
}

/// <param name="Row">The store's own number of it.</param>
public readonly record struct FormerStream(long Row, MacAddress Client)
{
    private const string Prefix = "client-";

    /// <summary>By its name, "client-525400770001"; null: a stream of something else.</summary>
    public static FormerStream? Of(long row, string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length == Prefix.Length + 2 * MacAddress.Size
        && ulong.TryParse(name.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mac)
            ? new FormerStream(row, new MacAddress(mac))
            : null;
}

/// <summary>A stream's newest snapshot, if any, and the events after it, oldest first.</summary>
public sealed record FormerItems(FormerStream Stream, IReadOnlyList<FormerItem> Items);

/// <summary>A serialized event or snapshot.</summary>
public sealed record FormerItem(string Manifest, byte[] Payload);
