using System.Text;

namespace NetBootFabric.Storm.Scripts;

/// <summary>iPXE's settings: what DHCP gave, what the script sets. Names are asked for with or without the interface: net0/mac, mac.</summary>
internal sealed class IpxeSettings(IReadOnlyDictionary<string, string> given)
{
    private readonly Dictionary<string, string> _set = [];

    public string this[string name]
    {
        get
        {
            var bare = Bare(name, out var kind);
            var value = _set.TryGetValue(bare, out var own) ? own : given.GetValueOrDefault(bare, "");
            return kind == "hexhyp" ? value.Replace(':', '-') : value;
        }
        set => _set[Bare(name, out _)] = value;
    }

    /// <summary>Replaces each ${name}, the inner ones first.</summary>
    public string Expand(string text)
    {
        var result = new StringBuilder(text);
        for (var round = 0; round < 100; round++)
        {
            var now = result.ToString();
            var end = now.IndexOf('}', StringComparison.Ordinal);
            var start = end < 0 ? -1 : now.LastIndexOf("${", end, StringComparison.Ordinal);
            if (start < 0) return now;
            result.Remove(start, end + 1 - start).Insert(start, this[now[(start + 2)..end]]);
        }
        return result.ToString();
    }

    private static string Bare(string name, out string kind)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        kind = colon < 0 ? "" : name[(colon + 1)..];
        var bare = colon < 0 ? name : name[..colon];
        return bare.StartsWith("net0/", StringComparison.Ordinal) || bare.StartsWith("netX/", StringComparison.Ordinal) ? bare[5..] : bare;
    }
}
