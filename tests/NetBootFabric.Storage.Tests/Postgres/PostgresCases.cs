using NetBootFabric.Storage.Tests.Catalog;
using NetBootFabric.Storage.Tests.Kill;
using NetBootFabric.Storage.Tests.Leases;

namespace NetBootFabric.Storage.Tests.Postgres;

[Collection(PostgresServer.Collection)]
public sealed class PostgresLeaseTests(PostgresServer server) : LeaseStoreTests(new PostgresTestStore(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresKillTests(PostgresServer server) : KillTests(new PostgresTestStore(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresCatalogTests(PostgresServer server) : CatalogStoreTests(new PostgresTestStore(server));
