using System.CommandLine;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Pbm.Show;
using Spectre.Console;

namespace NetBootFabric.Pbm.Commands;

internal static class TokenCommand
{
    public static Command Build(CommonOptions common) => new("token", "Who may ask and steer: tokens for people and programs")
    {
        List(common),
        New(common),
        Remove(common),
    };

    private static Command List(CommonOptions common)
    {
        var command = new Command("list", "The tokens: name, role, when made. Their secrets are kept by nobody");
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, AccessRoutes.Tokens, AccessJson.Default.IReadOnlyListTokenView, TokenTable.Render, cancellation));
        return command;
    }

    private static Command New(CommonOptions common)
    {
        var name = new Argument<string>("name") { Description = "For whom or what it is: letters, digits, '-', '_' and '.'" };
        var role = new Option<string>("--role") { Description = "read: looks. operate: changes nodes and what they boot. admin: everything", DefaultValueFactory = _ => "read" };
        role.AcceptOnlyFromAmong("read", "operate", "admin");
        var command = new Command("new", "Makes a token and prints it, this once") { name, role };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var wish = new TokenWish(parsed.GetValue(name)!, parsed.GetValue(role)!);
            var made = await client.SendAsync(HttpMethod.Post, AccessRoutes.Tokens, wish, AccessJson.Default.TokenWish, AccessJson.Default.TokenMade, cancellation);
            // The secret alone on standard output: pbm token new web > /etc/web.token
            CommonOptions.Print(made, AccessJson.Default.TokenMade, json, each => new Text(each.Token + "\n"));
            return 0;
        }));
        return command;
    }

    private static Command Remove(CommonOptions common)
    {
        var name = new Argument<string>("name") { Description = "As pbm token list shows it" };
        name.CompletionSources.Add(common.Complete(AccessRoutes.Tokens, AccessJson.Default.IReadOnlyListTokenView, tokens => tokens.Select(token => token.Name)));
        var command = new Command("rm", "Removes a token: refused from now on by every head node; what runs by it ends") { name };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var path = AccessRoutes.Token + Uri.EscapeDataString(parsed.GetValue(name)!);
            var removed = await client.SendAsync(HttpMethod.Delete, path, null, AccessJson.Default.TokenView, cancellation);
            CommonOptions.Print(removed, AccessJson.Default.TokenView, json, each => new Text($"{each.Name} is removed.\n"));
            return 0;
        }));
        return command;
    }
}
