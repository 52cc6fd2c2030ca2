using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NetBootFabric.Pbm.Commands;

/// <summary>What --help shows of each command beside its options: how it is used. Every line is a command that pbm takes.</summary>
internal static class Examples
{
    /// <summary>By the command's words.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Of = new Dictionary<string, string[]>
    {
        ["status"] = ["pbm status", "pbm status --server https://10.0.0.1:9110 --fingerprint SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"],
        ["clients"] = ["pbm clients", "pbm clients --phase Failed", "pbm clients --json | jq -r '.[].mac'"],
        ["client"] = ["pbm client n001", "pbm client 52:54:00:77:00:01 --json"],
        ["watch"] = ["pbm watch", "pbm watch --all --json"],
        ["cluster show"] = ["pbm cluster show"],
        ["cluster members"] = ["pbm cluster members --json"],
        ["cluster leave"] = ["pbm cluster leave head2"],
        ["cluster leader"] = ["pbm cluster leader"],
        ["cluster status"] = ["pbm cluster status head2"],
        ["cluster join"] = ["pbm cluster join head4"],
        ["cluster down"] = ["pbm cluster down head2"],
        ["cluster-sharding list-regions"] = ["pbm cluster-sharding list-regions"],
        ["cluster-sharding region-stats"] = ["pbm cluster-sharding region-stats --type client"],
        ["actor hierarchy"] = ["pbm actor hierarchy", "pbm actor hierarchy --start /system/sharding --depth 2"],
        ["shards"] = ["pbm shards"],
        ["packets"] = ["pbm packets n001", "pbm packets n001 --boot failed --pcap n001.pcap"],
        ["doctor"] = ["pbm doctor"],
        ["why"] = ["pbm why", "pbm why n017"],
        ["node list"] = ["pbm node list", "pbm node list @rack1", "pbm node list rack=r12 --json"],
        ["node show"] = ["pbm node show n007"],
        ["node add"] = ["pbm node add 52:54:00:77:00:07 name=n007 ip=10.77.0.17 group=rack1"],
        ["node set"] = ["pbm node set n[001-128] profile=rescue intent=hold vars.slot=", "pbm node set n007 profile=rescue --if-revision 17"],
        ["node replace-nic"] = ["pbm node replace-nic n007 52:54:00:77:01:07"],
        ["node rm"] = ["pbm node rm n007"],
        ["node import"] = ["pbm node import --dry-run /etc/dnsmasq.conf", "pbm node import --format kea kea-dhcp4.conf"],
        ["group list"] = ["pbm group list"],
        ["group show"] = ["pbm group show rack1"],
        ["group add"] = ["pbm group add rack1 vars.rack=r1 vars.console=ttyS1"],
        ["group set"] = ["pbm group set rack1 profile=rescue"],
        ["group rm"] = ["pbm group rm rack1"],
        ["profile list"] = ["pbm profile list"],
        ["profile show"] = ["pbm profile show rescue"],
        ["profile add"] = ["pbm profile add rescue kernel=rescue/vmlinuz initrd=rescue/initrd.img"],
        ["profile set"] = ["pbm profile set rescue cmdline=quiet"],
        ["profile rm"] = ["pbm profile rm rescue"],
        ["boot"] = ["pbm boot n007 --once rescue"],
        ["apply"] = ["pbm apply room.yaml --dry-run", "pbm apply room.yaml --prune"],
        ["export"] = ["pbm export > room.yaml"],
        ["leases"] = ["pbm leases --running"],
        ["lease end"] = ["pbm lease end 10.77.0.21", "pbm lease end 52:54:00:77:00:07"],
        ["power on"] = ["pbm power on @rack1 --stagger 500ms"],
        ["power off"] = ["pbm power off n007 --soft"],
        ["power cycle"] = ["pbm power cycle n[001-128] --pxe --at-once 16"],
        ["power status"] = ["pbm power status all"],
        ["storm"] = ["pbm storm", "pbm storm --once"],
        ["reload"] = ["pbm reload"],
        ["token list"] = ["pbm token list"],
        ["token new"] = ["pbm token new ansible --role operate > /root/ansible.token"],
        ["token rm"] = ["pbm token rm ansible"],
        ["page"] = ["pbm page"],
        ["completion"] = ["pbm completion bash > /etc/bash_completion.d/pbm", "pbm completion fish > ~/.config/fish/completions/pbm.fish"],
    };

    private const string Environment = """

        Exit codes:
          0  done
          1  refused, or not understood: standard error says what to do
          2  no head node answers

        Environment:
          PBM_SERVER       as --server
          PBM_TOKEN_FILE   as --token-file
          PBM_TOKEN        the token itself
          PBM_FINGERPRINT  as --fingerprint
          NO_COLOR         no colours
        """;

    /// <summary>Has --help of every command end with its examples.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>The words of a command, without the program's name.</summary>
    public static string WordsOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{WordsOf(parent)} {command.Name}".TrimStart() : "";

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var command = parseResult.CommandResult.Command;
            if (Of.TryGetValue(WordsOf(command), out var lines)) output.WriteLine($"Examples:\n{string.Join('\n', lines.Select(line => "  " + line))}");
            if (command is RootCommand) output.WriteLine(Environment.TrimStart());
            return code;
        }
    }
}
