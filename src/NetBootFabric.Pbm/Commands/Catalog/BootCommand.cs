using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Pbm.Commands.Catalog;

internal static class BootCommand
{
    public static Command Build(CommonOptions common)
    {
        var select = new Argument<string>("nodes") { Description = "Names, MAC addresses, n[001-128], @group, rack=r12, all; several with commas" };
        var once = new Option<string>("--once") { Description = "The profile to boot; an empty one takes the order back", Required = true };
        var dryRun = Change.DryRun();
        var command = new Command("boot", "Has nodes boot another profile at their next boot, and then what they booted before: pbm boot n017 --once rescue") { select, once, dryRun };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
        {
            var profile = parsed.GetValue(once);
            return NodeCommand.PatchAsync(client, json, parsed.GetValue(select)!, new NodePatch().Set("next", profile is { Length: > 0 } ? profile : null), parsed.GetValue(dryRun), null, cancellation);
        }));
        return command;
    }
}
