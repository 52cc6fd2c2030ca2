using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Import.Csv;

/// <summary>A table whose first line says what its columns are: mac, name, ip, group, profile, intent, rack, vars.NAME, bmc.address, bmc.protocol, bmc.credentials.</summary>
internal sealed class CsvReader(Draft draft)
{
    private const string Password = "password";

    private List<string> _columns = [];

    public void Read(string text)
    {
        foreach (var row in new CsvTable(text, draft).Rows())
        {
            if (_columns.Count > 0 && !row.Cells.Any(cell => Column(cell) == "mac")) Node(row);
            else if (!Header(row)) return; // of the second file, too, when several are read as one
        }
        if (_columns.Count == 0) draft.Broken(0, "the text", "has no line of headings; write one like mac,name,ip,group");
    }

    private bool Header(CsvRow row)
    {
        _columns = [.. row.Cells.Select(Column)];
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_columns[i].Length > 0 && _columns.IndexOf(_columns[i]) < i) draft.Broken(row.Line, row.Cells[i], "is here twice");
            else if (_columns[i] == Password) draft.NotCarried(row.Line, row.Cells[i], "passwords stay out of the catalog: bmc.credentials names an entry of the head nodes' power: { credentials }");
            else if (_columns[i].Length == 0 && row.Cells[i].Length > 0) draft.NotCarried(row.Line, row.Cells[i], "is no column that is known here; vars.NAME makes a variable of it");
        }
        if (_columns.Contains("mac")) return true;
        draft.Broken(row.Line, string.Join(", ", row.Cells), "is no line of headings with 'mac' in it; write one like mac,name,ip,group");
        return false;
    }

    /// <summary>Empty: it is none of ours.</summary>
    private static string Column(string heading) => heading.ToLowerInvariant().Replace(' ', '_') switch
    {
        "mac" or "mac_address" or "macaddress" or "hwaddr" or "hw-address" or "boot_mac" or "boot_mac_address" or "pxe_mac" => "mac",
        "name" or "hostname" or "host" or "host_name" or "node" or "fqdn" or "machine_name" => "name",
        "ip" or "ip_address" or "ipaddress" or "ipaddr" or "address" or "ipv4" or "ipv4_address" => "ip",
        "host_group" or "hostgroup" or "host_group_name" => "group", // Foreman's
        var known and ("group" or "profile" or "intent" or "bmc.address" or "bmc.protocol" or "bmc.credentials") => known,
        "bmc" => "bmc.address",
        "rack" => "vars.rack",
        "bmc.password" or "password" or "bmc_password" or "ipmi_password" => Password,
        var variable when variable.StartsWith("vars.", StringComparison.Ordinal) => $"vars.{heading["vars.".Length..]}",
        _ => "",
    };

    private void Node(CsvRow row)
    {
        if (row.Cells.Skip(_columns.Count).Any(cell => cell.Length > 0) || row.Cells.Count < _columns.Count && row.Cells.Count < Needed)
        {
            draft.Broken(row.Line, Shown(row), $"this line has {row.Cells.Count} cells, the headings are {_columns.Count}");
            return;
        }
        var cells = _columns.Zip(row.Cells).Where(pair => pair.First.Length > 0 && pair.Second.Length > 0).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        if (!cells.TryGetValue("mac", out var mac))
        {
            draft.Broken(row.Line, Shown(row), "has no MAC address");
            return;
        }
        var wrong = Wrong(cells, "intent", "always", "once", "local", "hold") ?? Wrong(cells, "bmc.protocol", "redfish", "ipmi");
        if (wrong is { } word) draft.Broken(row.Line, word.Value, word.Why);
        else Add(row.Line, mac, cells);
    }

    /// <summary>Cells of columns that are known: others may be passwords.</summary>
    private string Shown(CsvRow row) => string.Join(", ", _columns.Zip(row.Cells).Where(pair => pair.First is not ("" or Password) && pair.Second.Length > 0).Select(pair => pair.Second));

    /// <summary>Spreadsheets leave empty cells at the end of a line away.</summary>
    private int Needed => _columns.IndexOf("mac") + 1;

    private void Add(int line, string mac, Dictionary<string, string> cells)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in cells.Where(cell => cell.Key.StartsWith("vars.", StringComparison.Ordinal))) draft.Variable(line, variables, column["vars.".Length..], value);
        var bmc = cells.Keys.Any(column => column.StartsWith("bmc.", StringComparison.Ordinal)) ? new BmcSpec(cells.GetValueOrDefault("bmc.address"), cells.GetValueOrDefault("bmc.protocol"), cells.GetValueOrDefault("bmc.credentials")) : null;
        var group = cells.GetValueOrDefault("group") is { } name ? draft.GroupNamed(line, name) : null;
        draft.Add(line, new NodeSpec { Mac = mac, Name = cells.GetValueOrDefault("name"), Ip = cells.GetValueOrDefault("ip"), Group = group, Profile = cells.GetValueOrDefault("profile"), Intent = cells.GetValueOrDefault("intent"), Vars = variables, Bmc = bmc });
    }

    private static (string Value, string Why)? Wrong(Dictionary<string, string> cells, string column, params string[] words) =>
        cells.TryGetValue(column, out var value) && !words.Contains(value) ? (value, $"is no {column}; write {string.Join(", ", words[..^1])} or {words[^1]}") : null;
}
