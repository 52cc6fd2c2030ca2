using NetBootFabric.Storm.Commands;

return await StormCommand.Build().Parse(args).InvokeAsync();
