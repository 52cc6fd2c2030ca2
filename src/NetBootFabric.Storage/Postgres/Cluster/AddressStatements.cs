using NetBootFabric.Boot.Heads;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;
using Npgsql;
using NpgsqlTypes;

namespace NetBootFabric.Storage.Postgres.Cluster;

/// <summary>Service addresses: one statement a call.</summary>
internal static class AddressStatements
{
    /// <returns>Why it was refused; null: done.</returns>
    public static ItemRefusedException? Declare(NpgsqlConnection connection, string home, IReadOnlyList<Ipv4Address> addresses)
    {
        using var command = new NpgsqlCommand("SELECT foreign_address, foreign_home FROM declare_service_addresses($1, $2)", connection)
        {
            Parameters = { new() { Value = home }, new() { Value = addresses.Select(address => (long)address.Value).ToArray() } },
        };
        using var row = command.ExecuteReader();
        row.Read();
        return row.IsDBNull(0) ? null : new ItemRefusedException($"service address {Address(row)} of {home} is that of {row.GetString(1)} already: each head node has its own");
    }

    public static IReadOnlyList<ServiceAddressRow> Read(NpgsqlConnection connection)
    {
        var rows = new List<ServiceAddressRow>();
        using var command = new NpgsqlCommand("SELECT address, home, holder, epoch FROM service_address ORDER BY address", connection);
        using var row = command.ExecuteReader();
        while (row.Read()) rows.Add(new ServiceAddressRow(Address(row), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3)));
        return rows;
    }

    public static bool Hold(NpgsqlConnection connection, Ipv4Address address, string by, string? holder, long epoch)
    {
        const string sql = """
            UPDATE service_address a SET holder = $2, epoch = nextval('service_address_epoch')
            WHERE address = $1 AND epoch = $3 AND NOT EXISTS (SELECT FROM member WHERE name = a.holder AND name <> $4 AND status < 3)
            """;
        using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = (long)address.Value },
                new() { Value = (object?)holder ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = epoch },
                new() { Value = by },
            },
        };
        return command.ExecuteNonQuery() == 1;
    }

    private static Ipv4Address Address(NpgsqlDataReader row) => new((uint)row.GetInt64(0));
}
