using System.CommandLine;
using NetBootFabric.AdminApi.Doctor;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class DoctorCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("doctor", "Looks whether hosts and networks of all head nodes are fit: limits, links, files, other DHCP servers, clock … Exit code 1 when something is broken");
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var view = await LongWork.ShowAsync("asking hosts and networks", () => client.GetAsync(DoctorRoutes.Doctor, DoctorJson.Default.DoctorView, cancellation), cancellation);
            CommonOptions.Print(view, DoctorJson.Default.DoctorView, json, DoctorTable.Render);
            return view.Heads.SelectMany(head => head.Findings).Any(finding => finding.State == DoctorRoutes.Broken) ? 1 : 0;
        }));
        return command;
    }
}
