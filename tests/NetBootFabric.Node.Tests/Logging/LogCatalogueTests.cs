using System.Reflection;
using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Tests.Logging;

public sealed class LogCatalogueTests
{
    private static IEnumerable<(string Name, LoggerMessageAttribute Line)> Lines =>
        from type in typeof(NodeLog).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let line = method.GetCustomAttribute<LoggerMessageAttribute>()
        where line is not null
        select ($"{type.Name}.{method.Name}", line);

    [Fact]
    public void Each_event_has_an_id_of_its_own()
    {
        Assert.NotEmpty(Lines);
        Assert.Empty(Lines.GroupBy(each => each.Line.EventId).Where(group => group.Count() > 1).Select(group => string.Join(" and ", group.Select(each => each.Name))));
    }

    [Fact]
    public void Ids_are_in_the_hundreds_and_messages_say_something() =>
        Assert.All(Lines, each =>
        {
            Assert.InRange(each.Line.EventId, 100, 999);
            Assert.False(string.IsNullOrWhiteSpace(each.Line.Message), each.Name);
        });
}
