using NetBootFabric.Import.Tree;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Warewulf;

/// <summary>The keys of one profile or node, as releases 4.0 to 4.6 spell them.</summary>
internal sealed class LayerReader(Draft draft)
{
    public const string KernelArguments = "kernel_args";

    private const string Images = "is of Warewulf's images and overlays; kernel and initrd are a profile's here";

    public Layer? Read(SourceEntry entry)
    {
        var layer = new Layer(entry.Key, entry.Line);
        if (entry.Value is not (SourceMap or SourceScalar { IsNull: true }))
        {
            draft.Broken(entry.Line, entry.Key, "is no map of keys");
            return null;
        }
        foreach (var member in entry.Value.Entries) Take(layer, member);
        return layer;
    }

    private void Take(Layer layer, SourceEntry entry)
    {
        var value = entry.Value;
        switch (entry.Key)
        {
            case "profiles":
                layer.Profiles.AddRange(Words(value));
                break;
            case "comment" or "cluster name" or "asset key" or "image name" or "container name":
                if (value.Text is { Length: > 0 } text) draft.Variable(entry.Line, layer.Variables, entry.Key is "container name" ? "image" : entry.Key is "image name" ? "image" : entry.Key.Replace(' ', '_'), text);
                break;
            case "tags" or "keys":
                foreach (var tag in value.Entries) draft.Variable(tag.Line, layer.Variables, tag.Key, tag.Value.Text ?? "");
                break;
            case "kernel":
                foreach (var part in value.Entries) Kernel(layer, part.Key, part);
                break;
            case "kernel args" or "kernel version" or "kernel override":
                Kernel(layer, entry.Key["kernel ".Length..], entry);
                break;
            case "ipmi":
                foreach (var part in value.Entries) Ipmi(layer, part.Key, part);
                break;
            case "primary network":
                layer.PrimaryNetwork = value.Text;
                break;
            case "network devices":
                layer.Devices.AddRange(value.Entries.Select(Device));
                break;
            default:
                if (entry.Key.StartsWith("ipmi ", StringComparison.Ordinal)) Ipmi(layer, entry.Key["ipmi ".Length..], entry);
                else Other(entry);
                break;
        }
    }

    private void Other(SourceEntry entry)
    {
        if (entry.Key is "discoverable" or "") return;
        var isImage = entry.Key is "runtime overlay" or "system overlay" or "init" or "root" or "ipxe template" or "disks" or "filesystems" or "resources";
        draft.NotCarried(entry.Line, entry.Key, isImage ? Images : "has no place in a node or group");
    }

    private void Kernel(Layer layer, string key, SourceEntry entry)
    {
        if (key != "args")
        {
            draft.NotCarried(entry.Line, $"kernel {key}", Images);
            return;
        }
        layer.Appends = entry.Value is SourceList;
        var arguments = string.Join(' ', Words(entry.Value));
        if (Names.IsVariableValue(arguments)) layer.KernelArguments = arguments;
        else draft.NotCarried(entry.Line, "kernel args", "are not one line of printable text");
    }

    private void Ipmi(Layer layer, string key, SourceEntry entry)
    {
        layer.HasBmc = true;
        switch (key)
        {
            case "ipaddr":
                if (entry.Value.Text is { Length: > 0 } address && AddressText.IsIpv4(address)) layer.BmcAddress = address;
                else if (entry.Value.Text is { Length: > 0 } text) draft.Broken(entry.Line, text, "is no IPv4 address");
                break;
            case "port":
                layer.BmcPort = entry.Value.Text is { Length: > 0 and <= 5 } port && port.All(char.IsAsciiDigit) ? port : null;
                break;
            case "username":
                layer.BmcUser = entry.Value.Text;
                break;
            case "password":
                layer.BmcPassword = entry.Value.Text;
                break;
            case "netmask" or "gateway" or "interface" or "escapechar" or "write" or "template" or "vlan":
                break; // how Warewulf sets the BMC up, and calls ipmitool
            default:
                draft.NotCarried(entry.Line, $"ipmi {key}", "has no place in a node's bmc");
                break;
        }
    }

    private NetworkDevice Device(SourceEntry entry)
    {
        foreach (var key in entry.Value.Entries.Where(member => member.Key is "ipaddr6" or "ip6addr" or "gateway6" or "prefixlen6" or "mtu" or "tags")) draft.NotCarried(key.Line, $"{entry.Key}: {key.Key}", "the booted system sets up its network; the fabric gives an IPv4 address, router and DNS servers by subnet");
        var isPrimary = Yes(entry.Value["primary"]) || Yes(entry.Value["default"]);
        return new NetworkDevice(entry.Key, entry.Line, Text(entry.Value["hwaddr"]), Text(entry.Value["ipaddr"])?.Split('/')[0], isPrimary);

        static bool Yes(SourceValue? value) => value?.Text is { } text && (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }

    private static string? Text(SourceValue? value) => value?.Text is { Length: > 0 } text ? text : null;

    /// <summary>A list, or one text with commas or blanks between.</summary>
    private static IEnumerable<string> Words(SourceValue value) => value is SourceList
        ? value.Items.Select(item => item.Text).OfType<string>()
        : value.Text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
