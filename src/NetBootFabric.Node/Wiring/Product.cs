using System.Reflection;

namespace NetBootFabric.Node.Wiring;

internal static class Product
{
    /// <summary>Without the commit that the build appends.</summary>
    public static string Version { get; } =
        (typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
