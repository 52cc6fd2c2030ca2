using NetBootFabric.Storage.Tests.Postgres;

namespace NetBootFabric.Storage.Tests.Cluster;

public sealed class InMemoryClusterStoreTests() : ClusterStoreTests(new InMemoryTestCluster());

public sealed class InMemoryClusterRaceTests() : ClusterRaceTests(new InMemoryTestCluster());

[Collection(PostgresServer.Collection)]
public sealed class PostgresClusterStoreTests(PostgresServer server) : ClusterStoreTests(new PostgresTestCluster(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresClusterRaceTests(PostgresServer server) : ClusterRaceTests(new PostgresTestCluster(server));
