using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Doctor;

/// <summary>The machine's limits against the size of the room: neighbour table, receive buffers, accept queue, open files.</summary>
internal sealed class HostCheckup(int clients) : IDoctorCheck
{
    public string Name => "host limits";

    public IEnumerable<Finding> Look() => Judge(HostChecks.Run(clients), clients);

    public static IEnumerable<Finding> Judge(IReadOnlyList<HostCheck> checks, int clients)
    {
        foreach (var check in checks.Where(check => !check.IsMet))
            yield return Finding.Advice($"{check.Name} is {check.Found}, {check.Wanted} wanted for {clients} clients: {check.Consequence}", check.Fix);
        if (checks.All(check => check.IsMet)) yield return Finding.Ok($"{string.Join(", ", checks.Where(check => check.Found is not null).Select(check => $"{check.Name} {check.Found}"))}: enough for {clients} clients");
    }
}
