namespace NetBootFabric.AdminApi.Import;

public static class ImportRoutes
{
    /// <summary>
    /// POST another system's configuration as it is: what can be carried over is added to the catalog, and what its entries say beyond that stays. <c>?format=</c> dnsmasq, ethers, dhcpd, kea,
    /// warewulf, xcat, cobbler or csv; without it the text has to tell. <c>?dryRun=true</c> says only what would change. Lines that are
    /// broken stop it, <c>?keepGoing=true</c> leaves them out. The answer is an
    /// <see cref="ImportView"/>, also when nothing was applied.
    /// </summary>
    public const string Import = "/api/v1/import";
}
