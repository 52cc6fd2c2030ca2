using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;
using Spectre.Console;

namespace NetBootFabric.Pbm.Commands;

/// <summary>Petabridge.Cmd's words for a cluster, for who knows them. What has no meaning here says what to do instead.</summary>
internal static class ClusterWords
{
    public static Command Leader(CommonOptions common)
    {
        var command = new Command("leader", "The head node that leads the cluster of the actor systems: it removes who is gone. Clients do not depend on it");
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, AdminRoutes.Leader, AdminJson.Default.LeaderView,
            view => new Text(view.Leader is { } leader ? $"{leader} leads, as {view.Seen} sees it.\n" : $"{view.Seen} sees no leader: the head nodes do not agree yet who is there.\n"), cancellation));
        return command;
    }

    public static Command Status(CommonOptions common)
    {
        var node = new Argument<string?>("node") { Description = "Name of the head node; the one that is asked if left out", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("status", "How one head node stands in the cluster") { node };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var cluster = await client.GetAsync(AdminRoutes.Cluster, AdminJson.Default.ClusterView, cancellation);
            var name = parsed.GetValue(node) ?? cluster.Node;
            if (cluster.Alone && name == cluster.Node) return Say($"{name} is up, and alone: a cluster of one.", 0);
            if (cluster.Members.FirstOrDefault(member => member.Name == name) is not { } found) return Say($"there is no head node '{name}'; pbm cluster members lists them", 1);
            CommonOptions.Print(cluster with { Members = [found] }, AdminJson.Default.ClusterView, json, view => ClusterTable.Members(view));
            return 0;
        }));
        return command;
    }

    public static Command Join(CommonOptions common)
    {
        var node = new Argument<string?>("node") { Description = "Name of a head node", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("join", "Says how a head node joins: by itself, at its start") { node };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var cluster = await client.GetAsync(AdminRoutes.Cluster, AdminJson.Default.ClusterView, cancellation);
            var name = parsed.GetValue(node) ?? "it";
            if (cluster.Members.Any(member => member.Name == name && member.Status == "up")) return Say($"{name} is a member already", 0);
            return Say($"a head node joins by itself: start netbootd on {(name == "it" ? "it" : name)}, with the group 'cluster' and the same 'store: postgres:...' in its netbootd.yaml; the database tells it where the others are", 1);
        }));
        return command;
    }

    public static Command Down(CommonOptions common)
    {
        var node = new Argument<string>("node") { Description = "Name of the head node" };
        var command = new Command("down", "Says how a head node is taken out: a dead one by itself, a living one by leave") { node };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var cluster = await client.GetAsync(AdminRoutes.Cluster, AdminJson.Default.ClusterView, cancellation);
            var name = parsed.GetValue(node)!;
            if (cluster.Alone) return Say($"{cluster.Node} is alone: there is nobody to take over; systemctl stop netbootd ends it", 1);
            return cluster.Members.FirstOrDefault(member => member.Name == name)?.Status switch
            {
                null => Say($"there is no head node '{name}'; pbm cluster members lists them", 1),
                "unreachable" or "gone" => Say($"{name} is down already: the others have fenced it in the database and serve its clients", 0),
                _ => Say($"{name} is alive: pbm cluster leave {name} has it give its clients away first. A machine that is dead is downed by the others within about a second; nobody has to", 1),
            };
        }));
        return command;
    }

    private static int Say(string sentence, int code)
    {
        (code == 0 ? Console.Out : Console.Error).WriteLine(sentence);
        return code;
    }
}
