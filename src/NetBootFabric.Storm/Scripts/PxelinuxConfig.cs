namespace NetBootFabric.Storm.Scripts;

/// <summary>What a PXELINUX configuration boots without anybody at the keyboard.</summary>
/// <param name="Kernel">Null when it leads nowhere: no label, or one that boots the local disk.</param>
/// <param name="AppendsAddress">IPAPPEND or SYSAPPEND with bit 0: ip= is added to the command line.</param>
internal sealed record PxelinuxConfig(string? Kernel, IReadOnlyList<string> Initrds, string Append, bool AppendsAddress)
{
    public static PxelinuxConfig Parse(string text)
    {
        var (chosen, first, label) = ("", "", "");
        var labels = new Dictionary<string, Label>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n'))
        {
            var (keyword, value) = Keyword(line.Trim());
            switch (keyword)
            {
                case "DEFAULT" when chosen.Length == 0:
                case "ONTIMEOUT":
                    chosen = value;
                    break;
                case "LABEL":
                    label = value;
                    if (first.Length == 0) first = label;
                    labels[label] = new Label();
                    break;
                default:
                    if (labels.TryGetValue(label, out var current)) current.Take(keyword, value);
                    break;
            }
        }
        return labels.TryGetValue(chosen.Length > 0 ? chosen : first, out var found) ? found.Result : OfCommand(chosen);
    }

    /// <summary>The configuration files that are asked for, the most special first.</summary>
    public static IEnumerable<string> Names(string mac, uint address)
    {
        yield return $"pxelinux.cfg/01-{mac}"; // 01: hardware type Ethernet
        var octets = address.ToString("X8", System.Globalization.CultureInfo.InvariantCulture);
        for (var length = octets.Length; length > 0; length--) yield return $"pxelinux.cfg/{octets[..length]}";
        yield return "pxelinux.cfg/default";
    }

    /// <summary>DEFAULT may be a command line in place of a label.</summary>
    private static PxelinuxConfig OfCommand(string command)
    {
        var (kernel, append) = SplitOnce(command);
        return new PxelinuxConfig(kernel.Length > 0 ? kernel : null, InitrdsOf(append), append, AppendsAddress: false);
    }

    private static (string Keyword, string Value) Keyword(string line)
    {
        var (keyword, value) = SplitOnce(line);
        return (keyword.ToUpperInvariant(), value);
    }

    private static (string, string) SplitOnce(string text)
    {
        var blank = text.AsSpan().IndexOfAny(' ', '\t');
        return blank < 0 ? (text, "") : (text[..blank], text[blank..].Trim());
    }

    private static string[] InitrdsOf(string append) =>
        append.Split(' ').LastOrDefault(word => word.StartsWith("initrd=", StringComparison.Ordinal))?[7..].Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private sealed class Label
    {
        private string? _kernel;
        private string[]? _initrds;
        private string _append = "";
        private bool _address;

        public PxelinuxConfig Result => new(_kernel, _initrds ?? InitrdsOf(_append), _append, _address);

        public void Take(string keyword, string value)
        {
            if (keyword is "KERNEL" or "LINUX") _kernel = value;
            else if (keyword == "INITRD") _initrds = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
            else if (keyword == "APPEND") _append = value;
            else if (keyword is "IPAPPEND" or "SYSAPPEND") _address = int.TryParse(value, out var bits) && (bits & 1) != 0;
        }
    }
}
