namespace NetBootFabric.AdminApi.Import;

/// <summary>Something of another system's configuration that is not in the catalog now.</summary>
/// <param name="Line">Where it stands, from 1; 0: it concerns the whole text.</param>
/// <param name="What">What stands there, made printable and short.</param>
/// <param name="Why">Why it was not carried over, and what to do.</param>
/// <param name="Broken">True: the line is no sense in that system's own language either, and stops an import that is not told to keep going.</param>
public sealed record ImportNote(int Line, string What, string Why, bool Broken);
