using NetBootFabric.Node;

return await CommandLine.Build().Parse(args).InvokeAsync();
