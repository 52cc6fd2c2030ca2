using System.Globalization;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Benchmarks.Shared;

/// <summary>A command line of '--name value' pairs.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _given = [];

    /// <summary>Null when an argument has no value or does not begin with '--'.</summary>
    public static Arguments? Parse(ReadOnlySpan<string> args)
    {
        if (args.Length % 2 != 0) return null;
        var arguments = new Arguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) return null;
            arguments._given[args[i][2..]] = args[i + 1];
        }
        return arguments;
    }

    public string Text(string name, string otherwise = "") => _given.GetValueOrDefault(name, otherwise);

    /// <exception cref="FormatException">What was given is no number.</exception>
    public int Number(string name, int otherwise) => _given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <exception cref="FormatException">What was given is no number.</exception>
    public TimeSpan Seconds(string name, double otherwise) =>
        TimeSpan.FromSeconds(_given.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise);

    /// <exception cref="FormatException">What was given is no IPv4 address.</exception>
    public uint Address(string name) => _given.TryGetValue(name, out var text) ? Ipv4Address.Parse(text).Value : 0;

    /// <summary>As ADDRESS or ADDRESS:PORT.</summary>
    /// <exception cref="FormatException">What was given is no endpoint, or nothing was.</exception>
    public UdpEndpoint Endpoint(string name, ushort port)
    {
        var parts = Text(name).Split(':');
        return new UdpEndpoint(Ipv4Address.Parse(parts[0]).Value, parts.Length == 1 ? port : ushort.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
