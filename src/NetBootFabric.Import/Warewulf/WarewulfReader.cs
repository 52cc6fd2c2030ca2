using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Import.Tree;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Warewulf;

/// <summary>nodes.conf of Warewulf 4: its profiles become groups, its kernel arguments the variable <c>kernel_args</c>.</summary>
internal sealed class WarewulfReader(Draft draft)
{
    private readonly BmcCredentials _credentials = new(draft);

    public void Read(string text)
    {
        if (YamlTree.Read(text, draft) is not { } root) return;
        if (root["nodes"] is null && root["nodeprofiles"] is null) draft.Broken(root.Line, "the text", "has neither 'nodes' nor 'nodeprofiles'");
        var reader = new LayerReader(draft);
        var profiles = Layers(root["nodeprofiles"], reader);
        var nodes = Layers(root["nodes"], reader);
        foreach (var entry in root.Entries.Where(entry => entry.Key is not ("nodes" or "nodeprofiles" or "WW_INTERNAL"))) draft.NotCarried(entry.Line, entry.Key, "is no part of nodes.conf that is known here");
        var groups = new ProfileGroups(draft, profiles, Credentials);
        foreach (var node in nodes.Values) Node(node, groups.Of(node));
        foreach (var profile in profiles.Values) groups.Keep(profile);
        if (nodes.Values.Concat(profiles.Values).FirstOrDefault(layer => layer.KernelArguments is not null) is { } first)
            draft.NotCarried(first.Line, "kernel args", $"are in the variable {LayerReader.KernelArguments} of groups and nodes: write ${{{LayerReader.KernelArguments}}} in the 'cmdline' of a profile");
    }

    private Dictionary<string, Layer> Layers(SourceValue? map, LayerReader reader)
    {
        var layers = new Dictionary<string, Layer>(StringComparer.Ordinal);
        if (map is SourceList or SourceScalar { IsNull: false }) draft.Broken(map.Line, "nodes.conf", "has a list or a text where names with their keys belong");
        foreach (var entry in map?.Entries ?? [])
        {
            if (reader.Read(entry) is not { } layer) continue;
            if (!layers.TryAdd(entry.Key, layer)) draft.Broken(entry.Line, entry.Key, $"is at line {layers[entry.Key].Line} already; keep one of them");
        }
        return layers;
    }

    private void Node(Layer node, ProfileGroups.Chain chain)
    {
        var device = Primary(node, node.PrimaryNetwork ?? chain.PrimaryNetwork);
        foreach (var other in node.Devices.Where(each => each != device && (each.Mac ?? each.Address) is not null)) draft.NotCarried(other.Line, $"{node.Name}, network {other.Name}: {other.Mac ?? other.Address}", "a node is the network card that it boots from; the booted system sets up the others");
        if (device?.Mac is not { } mac)
        {
            draft.NotCarried(node.Line, node.Name, "has no hwaddr yet: add the node when it is known");
            return;
        }
        var variables = node.Variables;
        if (node.KernelArguments is not null && ProfileGroups.Arguments(chain, node) is { } arguments) variables[LayerReader.KernelArguments] = arguments;
        draft.Add(node.Line, new NodeSpec { Mac = mac, Name = node.Name, Ip = device.Address, Group = chain.Group, Vars = variables, Bmc = node.Bmc(Credentials(node)) });
    }

    /// <summary>The network that is named so, that says so of itself, that is called default; else the first one with a MAC address.</summary>
    private static NetworkDevice? Primary(Layer node, string? name) =>
        node.Devices.Find(device => device.Name == name && !IsInfiniBand(device)) ?? node.Devices.Find(device =>
            device.IsPrimary && !IsInfiniBand(device)) ?? node.Devices.Find(device =>
            device.Name == "default" && !IsInfiniBand(device)) ?? node.Devices.Find(device =>
            device.Mac is not null && !IsInfiniBand(device));

    private static bool IsInfiniBand(NetworkDevice device) => device.Mac is { } mac && MacText.IsInfiniBand(mac);

    private string? Credentials(Layer layer) => _credentials.NameOf(layer.Line, layer.Name, layer.BmcUser, layer.BmcPassword);
}
