using NetBootFabric.Pbm.Commands;
using NetBootFabric.Pbm.Show;

Terminal.Prepare();
return await Root.Parse(args).InvokeAsync();
