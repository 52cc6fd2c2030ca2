using NetBootFabric.Storm.Commands;

var parsed = StormCommand.Build().Parse(args);
var result = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? StormCommand.NotStarted : result;
