using System.Globalization;

namespace NetBootFabric.Storm.Clients;

/// <summary>Which client is of which kind: parts like <c>ipxe-http=3,uefi-http=1</c>, dealt out evenly over the room.</summary>
internal sealed class KindMix
{
    private readonly (ClientKind Kind, int Weight)[] _parts;
    private readonly int _total;

    private KindMix((ClientKind Kind, int Weight)[] parts) => (_parts, _total) = (parts, parts.Sum(part => part.Weight));

    public static KindMix? TryParse(string text, out string error)
    {
        error = "";
        var parts = new List<(ClientKind, int)>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var weight = 1;
            if (equals >= 0 && (!int.TryParse(word.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out weight) || weight is 0 or > 10_000))
                error = $"'{word}': after '=' stands a number from 1 to 10000";
            else if (ClientKinds.Find(equals < 0 ? word : word.AsSpan(0, equals)) is not { } kind)
                error = $"there is no kind '{word}'; there are: {ClientKinds.All}, or a mix like ipxe-http=3,uefi-http=1";
            else parts.Add((kind, weight));
            if (error.Length > 0) return null;
        }
        return new KindMix([.. parts]);
    }

    public ClientKind this[int client]
    {
        get
        {
            var place = client % _total;
            foreach (var (kind, weight) in _parts)
                if ((place -= weight) < 0) return kind;
            return _parts[^1].Kind;
        }
    }

    public override string ToString() =>
        _parts.Length == 1 ? _parts[0].Kind.Name() : string.Join(',', _parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Kind.Name()}={part.Weight}")));
}
