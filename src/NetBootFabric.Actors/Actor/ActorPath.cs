namespace NetBootFabric.Actors.Actor;

/// <summary>The place of an actor in the tree of its system. The uid tells incarnations of one path apart; 0 stands for any.</summary>
public sealed class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private readonly ActorPath? _parent;
    private readonly Address _address;

    private ActorPath(Address address, ActorPath? parent, string name, long uid)
    {
        _address = address;
        _parent = parent;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }
    public long Uid { get; }
    public Address Address => _address;
    public ActorPath Parent => _parent ?? this;
    public ActorPath Root => _parent is null ? this : _parent.Root;

    /// <summary>The names from the root down, the root itself left out.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new List<string>();
            for (var path = this; path._parent is not null; path = path._parent) names.Add(path.Name);
            names.Reverse();
            return names;
        }
    }

    internal static ActorPath RootOf(Address address) => new(address, null, "", 0);

    public ActorPath Child(string childName) => new(_address, this, childName, 0);

    internal ActorPath Child(string childName, long uid) => new(_address, this, childName, uid);

    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    public ActorPath WithUid(long uid) => uid == Uid ? this : new ActorPath(_address, _parent, Name, uid);

    public string ToStringWithoutAddress() => _parent is null ? "/" : "/" + string.Join('/', Elements);

    public string ToStringWithAddress() => _address + ToStringWithoutAddress();

    public override string ToString() => ToStringWithAddress();

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Name != other.Name || _parent is null != other._parent is null) return false;
        return _parent is null ? _address == other._address : _parent.Equals(other._parent);
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => HashCode.Combine(Name, _parent?.Name);

    public int CompareTo(ActorPath? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>True when <paramref name="name"/> may be an actor's name: letters, digits, RFC 2396's marks and percent-encoded octets, not starting with '$'.</summary>
    public static bool IsValidPathElement(string name)
    {
        if (string.IsNullOrEmpty(name) || name[0] == '$') return false;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsAsciiLetterOrDigit(c) || "-_.*$+:@&=,!~';()".Contains(c)) continue;
            if (c != '%' || i + 2 >= name.Length || !char.IsAsciiHexDigit(name[i + 1]) || !char.IsAsciiHexDigit(name[i + 2])) return false;
            i += 2;
        }
        return true;
    }
}
