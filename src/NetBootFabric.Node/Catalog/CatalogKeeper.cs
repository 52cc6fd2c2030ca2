using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Node.Catalog;

/// <summary>
/// Holds the catalog of nodes, groups and profiles as this head node knows it, and the room that comes of it; takes changes, writes them, and takes in what other head nodes wrote. Thread-safe.
/// While the store is away changes are refused, and what is held counts.
/// </summary>
internal sealed class CatalogKeeper : IDisposable
{
    /// <summary>Somebody else wrote the same entries meanwhile, so often in a row: then somebody is at it with a loop.</summary>
    private const int Attempts = 5;

    /// <summary>Differences that an answer shows; it counts all.</summary>
    private const int MostShown = 2000;

    private readonly ICatalogStore _store;
    private readonly Action<Room> _putInForce;
    private readonly Action<string> _trouble;

    /// <summary>One change after the other: the next one is checked against what the last one made.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly RoomComposer _composer = new();
    private Room _settings;
    private CatalogDocument _file;
    private volatile InForce _now;
    private long _wanted;

    /// <param name="settings">The configuration but its nodes, groups and profiles.</param>
    /// <param name="file">Those.</param>
    /// <param name="putInForce">Given each new room, one at a time.</param>
    /// <param name="trouble">Told sentences about the catalog that an operator should read.</param>
    public CatalogKeeper(ICatalogStore store, Room settings, CatalogDocument file, Action<Room> putInForce, Action<string> trouble)
    {
        (_store, _settings, _file, _putInForce, _trouble) = (store, settings, file, putInForce, trouble);
        _now = new InForce(CatalogState.Empty, settings, settings, []);
    }

    public CatalogState Current => _now.Catalog;

    /// <summary>As clients are served: nodes with what their groups say.</summary>
    public Room Room => _now.Room;

    /// <summary>The catalog, and the room that came of just that.</summary>
    public (CatalogState Catalog, Room Room) Now => _now is var now ? (now.Catalog, now.Room) : default;

    /// <summary>Another catalog is in force; on the thread that brought it, which must not wait.</summary>
    public event Action<CatalogState>? Changed;

    /// <summary>This head node wrote a revision: the others are to be told.</summary>
    public event Action<long>? Committed;

    /// <summary>At start: what the store holds, or, when it never held anything, what the file says.</summary>
    /// <exception cref="StoreUnavailableException">It can't be read.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await LoadNewerAsync(cancellation);
        if (Current.Revision == 0 && Initial(_file) is { Count: > 0 } changes)
        {
            await _store.CommitCatalogAsync(changes, 0, cancellation); // not written: another head node was first
            await LoadNewerAsync(cancellation);
        }
        foreach (var warning in FileWarnings()) _trouble(warning);
    }

    /// <summary>The file was read again.</summary>
    /// <returns>A sentence for each thing that an operator should know.</returns>
    public IReadOnlyList<string> Reconfigure(Room settings, CatalogDocument file)
    {
        lock (_gate)
        {
            (_settings, _file) = (settings, file);
            TakeIn(Judge(Current));
        }
        return [.. FileWarnings(), .. _now.Warnings];
    }

    /// <summary>The one door for whole sets of entries: adds and changes what <paramref name="document"/> names, all or nothing.</summary>
    /// <param name="dryRun">Says what would change, and changes nothing.</param>
    /// <param name="prune">Of each section that is not empty, what it does not name is removed.</param>
    public Task<CatalogOutcome> ApplyAsync(CatalogDocument document, bool dryRun, bool prune = false, CancellationToken cancellation = default)
    {
        document = SpecForm.Of(document);
        var doubles = CatalogEdits.Doubles(document).ToList();
        return doubles.Count > 0
            ? Task.FromResult<CatalogOutcome>(CatalogRefusal.Of(422, doubles))
            : EditAsync(catalog => CatalogEdits.Apply(catalog, document, prune), dryRun, document.Nodes.Count + document.Groups.Count + document.Profiles.Count, cancellation);
    }

    /// <summary>Changes the catalog as <paramref name="edit"/> says, which may be asked again when somebody else was faster.</summary>
    /// <param name="named">How many entries the caller named.</param>
    public async Task<CatalogOutcome> EditAsync(Func<CatalogState, CatalogEdit> edit, bool dryRun, int named, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
                if (await TryEditAsync(edit, dryRun, named, cancellation) is { } outcome) return outcome;
            return new CatalogRefusal(409, "somebody else changes the same entries again and again; try once more");
        }
        catch (Exception away) when (away is StoreUnavailableException or ItemRefusedException)
        {
            return new CatalogRefusal(503, $"nothing was changed, since the store can't be written now ({away.Message.TrimEnd('.')}); what is in force goes on, try again when it is back");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Finds the nodes that <paramref name="text"/> names (<see cref="NodeSelector"/>).</summary>
    /// <returns>Why not; null: they are all there.</returns>
    public CatalogRefusal? Select(string text, out IReadOnlyList<NodeEntry> nodes)
    {
        nodes = [];
        if (NodeSelector.Parse(text, out var mistake) is not { } selector) return new CatalogRefusal(400, mistake!);
        nodes = selector.Find(Room, out var missing);
        if (missing.Count == 0) return null;
        return CatalogRefusal.Of(404, [.. missing.Select(who => $"there is no node '{who}'; pbm node list shows all")]);
    }

    /// <summary>Writes rows that are not this keeper's to understand: tokens.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public async Task<CatalogCommit> CommitAsync(IReadOnlyList<CatalogChange> changes, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var commit = await _store.CommitCatalogAsync(changes, null, cancellation);
            await LoadNewerAsync(cancellation);
            if (commit.IsWritten) Committed?.Invoke(commit.Revision);
            return commit;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads what the store has and this head node does not know yet.</summary>
    /// <exception cref="StoreUnavailableException">It can't be read.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await LoadNewerAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Somebody knows <paramref name="revision"/>: what is newer than ours is read. Comes back at once; a store that is away is asked again when it is told of the next time.</summary>
    public void CatchUp(long revision)
    {
        if (revision <= Current.Revision || Interlocked.Exchange(ref _wanted, revision) >= revision) return;
        _ = Task.Run(() => CatchUpAsync(revision));
    }

    private async Task CatchUpAsync(long revision)
    {
        await _turn.WaitAsync();
        try
        {
            if (revision > Current.Revision) await LoadNewerAsync(default);
        }
        catch (Exception away) when (away is StoreUnavailableException or ItemRefusedException)
        {
            // The store's own health says so, and head nodes tell their revision twice a second.
        }
        finally
        {
            Interlocked.CompareExchange(ref _wanted, 0, revision);
            _turn.Release();
        }
    }

    /// <returns>Null: somebody else was faster; what he wrote is read, try again.</returns>
    private async Task<CatalogOutcome?> TryEditAsync(Func<CatalogState, CatalogEdit> edit, bool dryRun, int named, CancellationToken cancellation)
    {
        var before = Current;
        var (steps, refusal, exactly) = edit(before);
        if (refusal is not null) return refusal;
        named = exactly ?? named;
        if (steps.Count == 0) return new ApplyResult { DryRun = dryRun, Revision = before.Revision, Unchanged = named };
        var candidate = before.With(steps, before.Revision + 1);
        var (faults, judged) = Judge(before, candidate);
        if (judged is null) return CatalogRefusal.Of(422, faults);
        var changes = steps.Take(MostShown).Select(step => SpecFields.Difference(step.Kind, step.Key, before.SpecOf(step.Kind, step.Key), step.Spec)).ToList();
        var result = new ApplyResult { DryRun = dryRun, Revision = before.Revision, Changed = steps.Count, Changes = changes, Unchanged = Math.Max(0, named - steps.Count), Warnings = [.. judged.Warnings.Except(_now.Warnings)] };
        if (dryRun) return result;
        return await CommitAsync(before, judged, steps, cancellation) is { } revision ? (CatalogOutcome)(result with { Revision = revision }) : null;
    }

    private async Task<long?> CommitAsync(CatalogState before, InForce candidate, IReadOnlyList<CatalogStep> steps, CancellationToken cancellation)
    {
        var commit = await _store.CommitCatalogAsync([.. steps.Select(step => Change(before, step))], before.Revision, cancellation);
        if (!commit.IsWritten)
        {
            await LoadNewerAsync(cancellation);
            return null;
        }
        // The file may have been read again meanwhile.
        lock (_gate) TakeIn(ReferenceEquals(candidate.Settings, _settings) ? candidate : Judge(candidate.Catalog));
        Committed?.Invoke(commit.Revision);
        return commit.Revision;
    }

    private static CatalogChange Change(CatalogState before, CatalogStep step) =>
        new(step.Kind, step.Key, step.Spec is null ? null : CatalogState.BodyOf(step.Spec), before.RevisionOf(step.Kind, step.Key));

    /// <summary>No change may add a fault. Those that are there already, since the file's subnets are others now, don't keep anybody from changing something else.</summary>
    private (IReadOnlyList<string> Faults, InForce? Judged) Judge(CatalogState before, CatalogState candidate)
    {
        lock (_gate)
        {
            var faults = Faults(candidate).ToList();
            if (faults.Count > 0) faults = [.. faults.Except(Faults(before))];
            return faults.Count > 0 ? (faults, null) : ([], Judge(candidate));
        }
    }

    /// <remarks>Under the gate.</remarks>
    private InForce Judge(CatalogState catalog)
    {
        var room = _composer.Compose(_settings, catalog);
        return new InForce(catalog, _settings, room, [.. VariableCheck.Run(room).Select(unset => unset.ToString())]);
    }

    private IEnumerable<string> Faults(CatalogState catalog)
    {
        var document = catalog.Document();
        return CatalogRules.Check(document, _settings).Select(fault => FaultText.Of(fault, document));
    }

    private async Task LoadNewerAsync(CancellationToken cancellation)
    {
        var rows = await _store.LoadCatalogAsync(Current.Revision, cancellation);
        lock (_gate)
        {
            if (rows.Revision <= Current.Revision && rows.Rows.Count == 0) return;
            TakeIn(Judge(Current.With(rows, row => _trouble($"the catalog's {row.Kind.ToString().ToLowerInvariant()} {row.Key} can't be read and is left out; write it again with pbm"))));
        }
    }

    /// <remarks>Under the gate.</remarks>
    private void TakeIn(InForce next)
    {
        _now = next;
        _putInForce(next.Room);
        Changed?.Invoke(next.Catalog);
    }

    private IEnumerable<string> FileWarnings()
    {
        var steps = CatalogEdits.Apply(Current, SpecForm.Of(_file), prune: false).Steps;
        if (steps.Count == 0) yield break;
        var names = string.Join(", ", steps.Take(3).Select(step => $"{step.Kind.ToString().ToLowerInvariant()} {step.Key}"));
        yield return $"{steps.Count} of the file's nodes, groups and profiles are not as the fabric has them ({names}{(steps.Count > 3 ? " …" : "")}): the fabric's count; pbm apply FILE --dry-run shows the difference, pbm apply FILE puts the file's in force";
    }

    /// <summary>Without orders: what was served before the catalog was there stays served.</summary>
    private static List<CatalogChange> Initial(CatalogDocument file)
    {
        var document = SpecForm.Of(file);
        return
        [
            .. document.Profiles.Select(profile => new CatalogChange(CatalogKind.Profile, profile.Name, CatalogState.BodyOf(profile), 0)),
            .. document.Groups.Select(group => new CatalogChange(CatalogKind.Group, group.Name, CatalogState.BodyOf(group), 0)),
            .. document.Nodes.Select(node => new CatalogChange(CatalogKind.Node, node.Mac, CatalogState.BodyOf(node), 0)),
        ];
    }

    public void Dispose() => _turn.Dispose();

    /// <param name="Settings">What the room was made with.</param>
    private sealed record InForce(CatalogState Catalog, Room Settings, Room Room, IReadOnlyList<string> Warnings);
}
