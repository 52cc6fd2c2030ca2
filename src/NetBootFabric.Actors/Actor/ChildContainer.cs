namespace NetBootFabric.Actors.Actor;

/// <summary>An actor's children by name. Locked, since the guardians are given children from any thread.</summary>
internal sealed class ChildContainer
{
    private readonly Dictionary<string, LocalActorRef> _byName = [];
    private HashSet<LocalActorRef>? _stopping;
    private long _unnamed;

    public bool IsEmpty
    {
        get
        {
            lock (_byName) return _byName.Count == 0;
        }
    }

    public bool HasStopping
    {
        get
        {
            lock (_byName) return _stopping is { Count: > 0 };
        }
    }

    public LocalActorRef Add<T>(string? name, T from, Func<string, T, LocalActorRef> make)
    {
        lock (_byName)
        {
            name ??= NextName();
            if (_byName.ContainsKey(name)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            return _byName[name] = make(name, from);
        }
    }

    public LocalActorRef? Find(string name)
    {
        lock (_byName) return _byName.GetValueOrDefault(name);
    }

    public bool Contains(LocalActorRef child) => ReferenceEquals(Find(child.Path.Name), child);

    public LocalActorRef[] All()
    {
        lock (_byName) return _byName.Count == 0 ? [] : [.. _byName.Values];
    }

    public void MarkStopping(LocalActorRef child)
    {
        lock (_byName)
        {
            if (Contains(child)) (_stopping ??= []).Add(child);
        }
    }

    public bool Remove(LocalActorRef child)
    {
        lock (_byName)
        {
            _stopping?.Remove(child);
            return Contains(child) && _byName.Remove(child.Path.Name);
        }
    }

    // $a, $b … $z, $ba … : base 26 with letters.
    private string NextName()
    {
        var number = _unnamed++;
        Span<char> digits = stackalloc char[16];
        var at = digits.Length;
        do
        {
            digits[--at] = (char)('a' + number % 26);
            number /= 26;
        } while (number > 0);
        return "$" + new string(digits[at..]);
    }
}
