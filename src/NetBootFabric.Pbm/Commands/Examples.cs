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
        ["shards"] = ["pbm shards"],
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
