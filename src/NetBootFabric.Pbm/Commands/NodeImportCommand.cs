using System.CommandLine;
using System.Net.Http.Headers;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

/// <summary>Brings nodes over from another system's configuration.</summary>
internal static class NodeImportCommand
{
    public static Command Build(CommonOptions common)
    {
        var files = new Argument<string[]>("file") { Description = "What to read, - for standard input. Several files of one system are read as one, as dnsmasq.conf, its files of hosts, /etc/ethers and /etc/hosts", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string?>("--format") { Description = "dnsmasq, ethers, dhcpd, kea, warewulf, xcat, cobbler or csv. Default: what the text tells" };
        format.AcceptOnlyFromAmong("dnsmasq", "ethers", "dhcpd", "kea", "warewulf", "xcat", "cobbler", "csv");
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change and what would not be carried over, and changes nothing" };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Leaves broken lines out; without it one of them stops the import" };
        var command = new Command("import", "Brings nodes over from dnsmasq, ISC dhcpd, Kea, Warewulf or a table") { files, format, dryRun, keepGoing };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var text = ImportText.Read(parsed.GetValue(files)!);
            var query = new List<string> { $"name={Uri.EscapeDataString(text.Name)}" };
            if (parsed.GetValue(format) is { } wanted) query.Add($"format={wanted}");
            if (parsed.GetValue(dryRun)) query.Add("dryRun=true");
            if (parsed.GetValue(keepGoing)) query.Add("keepGoing=true");
            using var body = new ByteArrayContent(text.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            var view = await LongWork.ShowAsync("importing", () => client.SendAsync(HttpMethod.Post, $"{ImportRoutes.Import}?{string.Join('&', query)}", body, ImportJson.Default.ImportView, cancellation), cancellation);
            CommonOptions.Print(view, ImportJson.Default.ImportView, json, shown => ImportTable.Render(shown, text));
            return view.Applied || (view.DryRun && view.Broken == 0) ? 0 : AdminException.Refused;
        }));
        return command;
    }
}
