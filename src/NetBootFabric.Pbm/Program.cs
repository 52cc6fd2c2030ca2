using NetBootFabric.Pbm.Commands;

return await Root.Build().Parse(args).InvokeAsync();
