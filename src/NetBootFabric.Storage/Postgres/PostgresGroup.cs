using Npgsql;
using NpgsqlTypes;

namespace NetBootFabric.Storage.Postgres;

/// <summary>
/// What is written in one transaction: the arguments of <c>write_group</c>, then reads that see what was written. It runs as one batch, which is one
/// round trip, and may run again: the database knows its number.
/// </summary>
internal sealed class PostgresGroup(StoreIncarnation? incarnation)
{
    private const string Write =
        "SELECT lease_outcomes FROM write_group($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

    /// <summary>The outcome of each item of a group that was refused, since its incarnation has ended.</summary>
    public const short Refused = 2;

    private readonly List<PostgresItem> _items = [];

    public StoreIncarnation? Incarnation => incarnation;
    public IReadOnlyList<PostgresItem> Items => _items;
    public LeaseRows Leases { get; } = new();
    public List<IGroupRead> Reads { get; } = [];
    public short[] LeaseOutcomes { get; private set; } = [];

    public void Add(PostgresItem item)
    {
        item.AddTo(this);
        _items.Add(item);
    }

    /// <summary>Committed, synced, and every item told, when it returns.</summary>
    /// <param name="number">Higher than that of every group delivered before; the same when the group is sent again.</param>
    public void Run(NpgsqlConnection connection, Guid writer, long number)
    {
        using var batch = new PostgresBatch(connection);
        if (Leases.Count > 0) AddWrite(batch, writer, number);
        foreach (var read in Reads) read.AddTo(batch);
        if (batch.IsEmpty) batch.Add("SELECT 1", _ => { });
        batch.Run();
        foreach (var item in _items) item.Written(this);
    }

    private void AddWrite(PostgresBatch batch, Guid writer, long number)
    {
        var parameters = batch.Add(Write, row => LeaseOutcomes = row.GetFieldValue<short[]>(0));
        PostgresBatch.Add(parameters, writer);
        PostgresBatch.Add(parameters, number);
        parameters.Add(new NpgsqlParameter<string> { TypedValue = incarnation?.Member, NpgsqlDbType = NpgsqlDbType.Text });
        PostgresBatch.Add(parameters, incarnation?.Number ?? 0);
        Leases.AddTo(parameters);
        FormerJournal.AddTo(parameters);
    }
}

/// <summary>Something read in a group. It may be added to a batch again, and then starts anew.</summary>
internal interface IGroupRead
{
    void AddTo(PostgresBatch batch);
}
