using NetBootFabric.Storage.Tests.Catalog;
using NetBootFabric.Storage.Tests.Kill;
using NetBootFabric.Storage.Tests.Leases;

namespace NetBootFabric.Storage.Tests.Sqlite;

public sealed class SqliteLeaseTests() : LeaseStoreTests(new SqliteTestStore());

public sealed class SqliteKillTests() : KillTests(new SqliteTestStore());

public sealed class SqliteCatalogTests() : CatalogStoreTests(new SqliteTestStore());
