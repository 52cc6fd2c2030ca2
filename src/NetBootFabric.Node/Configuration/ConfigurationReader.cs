using System.Collections.Immutable;
using System.Text;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Node.Configuration;

/// <summary>Reads the one YAML file. Every mistake in it is told in one go; no bytes make it throw.</summary>
internal sealed class ConfigurationReader
{
    /// <summary>100 000 node entries take some 10 MB.</summary>
    private const int SizeLimit = 64 << 20;

    private readonly Mistakes _mistakes;
    private readonly Values _values;

    private ConfigurationReader(Mistakes mistakes)
    {
        _mistakes = mistakes;
        _values = new Values(mistakes);
    }

    /// <summary>Reads a file, and warns of files that it names and that are not there.</summary>
    public static ConfigurationResult ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > SizeLimit }) return Unreadable(path, $"the file is larger than {SizeLimit >> 20} MiB", "name a configuration file");
            return Read(File.ReadAllBytes(path), path, checkFiles: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unreadable(path, $"the file can't be read: {error.Message.TrimEnd('.')}", "name a file that this user may read");
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="name">What messages call the file.</param>
    public static ConfigurationResult Read(ReadOnlySpan<byte> bytes, string name, bool checkFiles = false)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Read(Encoding.UTF8.GetString(bytes), name, checkFiles)
            : Unreadable(name, "the file is not UTF-8 text", "save it as UTF-8");
    }

    /// <summary>Reads the text of a file.</summary>
    public static ConfigurationResult Read(string text, string name, bool checkFiles = false)
    {
        var mistakes = new Mistakes(name);
        var root = YamlTree.Read(text, mistakes);
        var options = root is null ? null : new ConfigurationReader(mistakes).Options(root, checkFiles);
        return mistakes.Result(options);
    }

    private static ConfigurationResult Unreadable(string name, string problem, string remedy)
    {
        var mistakes = new Mistakes(name);
        mistakes.Add(new Position(1, 1), problem, remedy);
        return mistakes.Result(null);
    }

    private NodeOptions? Options(YamlValue root, bool checkFiles)
    {
        var group = Group.Of(root, "the configuration", _mistakes,
            "node", "store", "cluster", "interfaces", "files", "http", "tftp", "admin", "power", "authoritative", "proxy", "router_advertisements", "telemetry", "akka", "subnets", "profiles", "groups", "nodes");
        if (group is null) return null;
        var files = _values.Text(group["files"], "files") ?? NodeOptions.DefaultFiles;
        var http = Group.Of(group["http"], "'http'", _mistakes, "port");
        var httpPort = _values.Port(http?["port"], "port") ?? NodeOptions.DefaultHttpPort;
        var store = StoreReader.Read(group["store"], _values, _mistakes) ?? NodeOptions.DefaultStore;
        var room = Room(group, httpPort, checkFiles ? files : null, out var subnets, out var document);
        var interfaces = Interfaces(group);
        return new NodeOptions
        {
            Node = _values.Name(group["node"], "node") ?? Environment.MachineName,
            Store = store,
            Cluster = new ClusterReader(_mistakes, _values).Read(group["cluster"], store, subnets),
            Interfaces = interfaces,
            Files = files,
            HttpPort = httpPort,
            Tftp = Tftp(group["tftp"]),
            Admin = new AdminReader(_mistakes, _values).Read(group["admin"], subnets, checkFiles ? interfaces : null),
            RouterAdvertisements = _values.Boolean(group["router_advertisements"], "router_advertisements") ?? true,
            Power = new PowerReader(_mistakes, _values).Read(group["power"], checkFiles),
            Traces = Traces(group["telemetry"]),
            AkkaSettings = new AkkaReader(_mistakes, _values).Read(group["akka"], checkFiles),
            Room = room,
            Catalog = document,
        };
    }

    private TftpOptions Tftp(YamlValue? value)
    {
        var group = Group.Of(value, "'tftp'", _mistakes, "enabled", "port", "transfer_port", "block_size");
        var port = _values.Port(group?["port"], "port") ?? NodeOptions.DefaultTftpPort;
        var block = _values.Whole(group?["block_size"], "block_size", TransferTerms.MinBlockSize, TransferTerms.MaxBlockSize);
        return new TftpOptions(_values.Boolean(group?["enabled"], "enabled") ?? true, port,
            _values.Port(group?["transfer_port"], "transfer_port"), block);
    }

    private Uri? Traces(YamlValue? value)
    {
        var otlp = Group.Of(value, "'telemetry'", _mistakes, "otlp")?["otlp"];
        if (_values.Text(otlp, "otlp") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var collector) && (collector.Scheme is "http" or "https")) return collector;
        _mistakes.Add(otlp!.At, $"'{text}' is no address of an OTLP collector", "write otlp: http://collector:4318");
        return null;
    }

    private ImmutableArray<string> Interfaces(Group group)
    {
        var names = new List<string>();
        foreach (var item in _values.Items(group.Required("interfaces", "[eth1]"), "interfaces"))
        {
            if (_values.Interface(item) is not { } name) continue;
            if (names.Contains(name)) _mistakes.Add(item.At, $"the interface {name} is here twice", "write each once");
            else names.Add(name);
        }
        if (group["interfaces"] is YamlList { Items.Count: 0 } empty) _mistakes.Add(empty.At, "'interfaces' names none", "write interfaces: [eth1]");
        return [.. names];
    }

    /// <param name="files">The root to look for kernels and initrds in; null: don't look.</param>
    private Room Room(Group group, int httpPort, string? files, out List<SubnetDraft> subnets, out CatalogDocument document)
    {
        var isProxy = _values.Boolean(group["proxy"], "proxy") ?? false;
        subnets = Subnets(group, isProxy);
        var settings = new Room
        {
            Subnets = [.. subnets.Select(draft => draft.Subnet)],
            Authoritative = _values.Boolean(group["authoritative"], "authoritative") ?? true,
            Service = isProxy ? DhcpService.Proxy : DhcpService.Server,
            HttpPort = httpPort,
        };
        var profiles = group.Required("profiles", "{ default: { kernel: vmlinuz } }");
        if (profiles is YamlMap { Entries.Count: 0 }) _mistakes.Add(profiles.At, "'profiles' has no profile", "write at least default: { kernel: vmlinuz }");
        var draft = new CatalogReader(_mistakes).Read(profiles, group["groups"], group["nodes"]);
        draft.Check(settings, _mistakes);
        document = SpecForm.Of(draft.Document);
        var room = _mistakes.Any ? settings : new RoomComposer().Compose(settings, CatalogState.Empty.With(CatalogEdits.Apply(CatalogState.Empty, document, prune: false).Steps, 0));
        new Suspicions(_mistakes).Look(subnets, draft, isProxy, files);
        new Suspicions(_mistakes).LookForVariables(room, draft);
        return room;
    }

    private List<SubnetDraft> Subnets(Group group, bool isProxy)
    {
        var value = isProxy ? group["subnets"] : group.Required("subnets", "[{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.250.254 }]");
        var reader = new SubnetReader(_mistakes);
        var subnets = Items(value, "subnets").Select(reader.Read).OfType<SubnetDraft>().ToList();
        new SubnetChecks(_mistakes).Check(subnets);
        return subnets;
    }

    /// <summary>The items of a list of groups: nothing else will do.</summary>
    private IReadOnlyList<YamlValue> Items(YamlValue? value, string name)
    {
        if (value is YamlList list) return list.Items;
        if (value is not null) _mistakes.WrongKind(value, $"'{name}'", "write a list: each item begins with '- '");
        return [];
    }
}
