using NetBootFabric.Storage.Journal;

namespace NetBootFabric.Storage.Sqlite;

internal sealed partial class SqliteSession
{
    private JournalTable? _journal;

    public JournalTable Journal => _journal ??= new JournalTable(_connection);
}
