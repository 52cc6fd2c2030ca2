using NetBootFabric.Benchmarks.Limits;
using NetBootFabric.Benchmarks.Shared;

const string Help = """
    limits dhcp --address ADDRESS
    limits tftp --address ADDRESS --file PATH [--blksize N] [--window N]
    Servers that do no work: what a load generator shows against them is the most that it, the kernel and the machine can show.
    """;

if (args.Length == 0 || Arguments.Parse(args.AsSpan(1)) is not { } given)
{
    Console.Error.WriteLine(Help);
    return 2;
}

switch (args[0])
{
    case "dhcp":
        new DhcpMirror(given.Address("address")).Serve();
        return 0;
    case "tftp":
        new TftpCan(given.Address("address"), File.ReadAllBytes(given.Text("file")), (ushort)given.Number("blksize", 1468), (ushort)given.Number("window", 1)).Serve();
        return 0;
    default:
        Console.Error.WriteLine(Help);
        return 2;
}
