using System.CommandLine;
using NetBootFabric.Node;

// Signals are the node's own business: SIGTERM drains, and that may take longer than the parser's patience.
return await CommandLine.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
