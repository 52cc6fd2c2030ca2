using System.Globalization;
using NetBootFabric.Actors.Remote;

namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorSystemImpl
{
    public override ActorSelection ActorSelection(ActorPath actorPath) => new(this, RootAt(actorPath.Address), actorPath.Elements);

    public override ActorSelection ActorSelection(string actorPath) => Select(_root, actorPath);

    /// <summary>An absolute path (<c>/user/a</c>, <c>akka://system/user/a</c>, another member's <c>akka://system@host:port/user/a</c>) or one relative to <paramref name="from"/> (<c>../a</c>).</summary>
    public ActorSelection Select(InternalActorRef from, string path)
    {
        var anchor = path.StartsWith('/') ? _root : from;
        if (TrySplit(path, out var address, out var rest))
        {
            path = rest;
            anchor = RootAt(address);
        }
        return new ActorSelection(this, anchor, path.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// The reference of the path (with or without address; with <c>#</c> and its uid when that incarnation alone is meant): a local actor, an asker, dead letters when nobody
    /// is there, or another member's actor. Null: no path.
    /// </summary>
    public InternalActorRef? Resolve(string text)
    {
        var uid = 0L;
        var hash = text.LastIndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(text.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out uid)) return null;
            text = text[..hash];
        }
        var address = SelfAddress;
        if (TrySplit(text, out var other, out var rest)) (address, text) = (other, rest);
        if (!text.StartsWith('/')) return null;
        var names = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var root = RootAt(address);
        return root is RemoteActorRef ? new RemoteActorRef(this, PathOf(root.Path, names).WithUid(uid)) : FindLocal(names, uid);
    }

    public InternalActorRef? ParentOf(InternalActorRef actor) => actor is LocalActorRef local ? local.Cell.ParentRef : null;

    public InternalActorRef? ChildOf(InternalActorRef actor, string name)
    {
        if (ReferenceEquals(actor, _root)) return name switch { "user" => _userGuardian, "system" => _systemGuardian, _ => null };
        return (actor as LocalActorRef)?.Cell.ChildOrNull(name);
    }

    /// <summary>The actor that the names lead to from there; dead letters when none is there.</summary>
    public InternalActorRef Find(InternalActorRef from, IReadOnlyList<string> names)
    {
        if (from is RemoteActorRef) return new RemoteActorRef(this, PathOf(from.Path, names));
        var at = from;
        foreach (var name in names)
        {
            var next = name == ".." ? ParentOf(at) : ChildOf(at, name);
            if (next is null) return new DeadEndRef(this, at.Path / name, publishes: true);
            at = next;
        }
        return at;
    }

    private InternalActorRef FindLocal(string[] names, long uid)
    {
        var found = names is ["temp", var name] ? Remoting?.Asker(name) : Find(_root, names);
        return found is not null && (uid == 0 || found.Path.Uid == uid) ? found : new DeadEndRef(this, PathOf(_root.Path, names).WithUid(uid), publishes: true);
    }

    private InternalActorRef RootAt(Address address) =>
        address == SelfAddress || (address.HasLocalScope && address.System == Name) ? _root : new RemoteActorRef(this, ActorPath.RootOf(address));

    private static ActorPath PathOf(ActorPath root, IEnumerable<string> names) => names.Aggregate(root, static (path, name) => name == ".." ? path.Parent : path / name);

    private static bool TrySplit(string path, out Address address, out string rest)
    {
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        var slash = scheme < 0 ? -1 : path.IndexOf('/', scheme + 3);
        rest = slash < 0 ? "/" : path[slash..];
        address = null!;
        return scheme >= 0 && Address.TryParse(slash < 0 ? path : path[..slash], out address);
    }
}
