using NetBootFabric.Storm.Lab;

namespace NetBootFabric.Storm.Tests.Lab;

public sealed class LabResultsTests
{
    private const string Good = """{"server":"netbootd","way":"ipxe-rom","clients":50,"rate":100,"payload":1000000,"booted":50,"failed":0,"lastBooted":8,"failures":{},"counters":{"dhcpExchanges":50,"dhcpDiscovers":50,"dhcpRequests":50,"dhcpAnswers":100}}""";
    private const string Bad = """{"server":"kea","way":"ipxe-rom","clients":50,"rate":100,"payload":1000000,"booted":20,"failed":30,"lastBooted":40,"failures":{"HttpTimeout":10,"TftpReadTimeout":20},"counters":{}}""";

    [Fact]
    public void Servers_stand_beside_one_another_and_failures_by_step()
    {
        var table = LabTables.Of(LabResults.Read([Bad, Good])).First();
        Assert.Equal(["clients", "Mbit/s", "netbootd", "kea"], table.Columns);
        Assert.Equal(["50", "100", "100 %, 8.0 s", "**40 %**, 40.0 s (20 TFTP: read time-out, 10 HTTP: time-out)"], Assert.Single(table.Rows));
    }

    [Fact]
    public void The_last_line_of_a_cell_counts_and_one_that_was_cut_off_does_not()
    {
        var results = LabResults.Read([Good.Replace("\"booted\":50", "\"booted\":1", StringComparison.Ordinal), Good, Bad[..40], ""]);
        Assert.Equal(50, Assert.Single(results.All).Booted);
    }

    [Fact]
    public void A_boot_s_price_is_per_client()
    {
        var price = LabTables.Of(LabResults.Read([Good])).Last();
        Assert.Equal(["ipxe-rom", "netbootd", "50 at 100", "1", "4"], Assert.Single(price.Rows).Take(5));
    }

    [Fact]
    public void Markdown_and_page_have_every_cell()
    {
        var results = LabResults.Read([Good, Bad]);
        var tables = LabTables.Of(results).ToArray();
        Assert.Contains("| 50 | 100 | 100 %, 8.0 s | **40 %**", LabMarkdown.Write(tables), StringComparison.Ordinal);
        var page = LabPage.Write(results, tables);
        Assert.Equal(3, page.Split("<svg").Length - 1);
        Assert.Contains("kea: 20 TFTP: read time-out", page, StringComparison.Ordinal);
    }
}
