using System.CommandLine;

namespace NetBootFabric.Pbm.Commands;

/// <summary>Shells ask pbm itself what may come next, by its directive [suggest:POSITION]: names of nodes included.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # eval "$(pbm completion bash)", or into /etc/bash_completion.d/pbm
        _pbm() {
          local IFS=$'\n' line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]}
          local -a found
          mapfile -t found < <(pbm "[suggest:${#line}]" "$line" 2>/dev/null)
          mapfile -t COMPREPLY < <(compgen -W "${found[*]}" -- "$word")
          # What stands before a colon of a MAC address is a word of its own to bash.
          if declare -F __ltrim_colon_completions >/dev/null; then __ltrim_colon_completions "$word"; fi
        }
        complete -o default -F _pbm pbm
        """;

    private const string Zsh = """
        #compdef pbm
        # Into a folder of $fpath, as _pbm; or eval "$(pbm completion zsh)" after compinit
        _pbm() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a found
          found=("${(@f)$(pbm "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -- "${found[@]}"
        }
        compdef _pbm pbm
        """;

    private const string Fish = """
        # Into ~/.config/fish/completions/pbm.fish
        function __pbm_complete
          set -l line (commandline -cp)
          pbm "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c pbm -f -a '(__pbm_complete)'
        """;

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints what makes a shell complete pbm's commands, options and names") { shell };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command;
    }
}
