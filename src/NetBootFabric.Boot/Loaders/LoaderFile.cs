using System.Collections.Immutable;

namespace NetBootFabric.Boot.Loaders;

/// <summary>A file that firmware, or a loader after it, asks for by a name of its own.</summary>
/// <param name="Name">The name it is served under, at the root of TFTP and HTTP.</param>
/// <param name="Package">The Debian package that has it.</param>
/// <param name="UsualPaths">Absolute paths where distributions put it, the most usual first. The last part may differ from <paramref name="Name"/>.</param>
public sealed record LoaderFile(string Name, string Package, ImmutableArray<string> UsualPaths);
