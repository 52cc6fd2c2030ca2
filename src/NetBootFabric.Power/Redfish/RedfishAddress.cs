namespace NetBootFabric.Power.Redfish;

/// <summary>Where a service is, and which of its systems is meant.</summary>
/// <param name="System">Path of one system; null: the only one there is.</param>
internal sealed record RedfishAddress(Uri Service, string? System)
{
    private const string Root = "/redfish/v1/";

    /// <summary><c>host</c>, <c>host:port</c>, <c>https://host/redfish/v1/Systems/1</c>; TLS unless http is written.</summary>
    /// <exception cref="BmcException">It is none.</exception>
    public static RedfishAddress Parse(string text)
    {
        var isUri = Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var uri);
        if (!isUri || uri!.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0) throw new BmcException($"'{text}' is no address of a BMC; write bmc: {{ address: HOST or HOST:PORT }}");
        var path = uri.AbsolutePath.TrimEnd('/');
        var service = new Uri(uri, Root);
        if (path.Length == 0 || $"{path}/" == Root) return new RedfishAddress(service, null);
        return path.StartsWith(Root, StringComparison.Ordinal) ? new RedfishAddress(service, path) : throw new BmcException($"'{text}' has a path that is no Redfish system; one is like {Root}Systems/1");
    }
}
