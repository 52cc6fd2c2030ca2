namespace NetBootFabric.Node.Doctor;

/// <summary>What the DHCP sockets were granted, and what they had to drop.</summary>
internal sealed class ReceiveQueues(Func<(int Granted, int Asked, long Drops)> read) : IDoctorCheck
{
    public string Name => "receive buffers";

    public IEnumerable<Finding> Look()
    {
        var (granted, asked, drops) = read();
        if (granted < asked) yield return Finding.Advice($"DHCP sockets have {granted} of the {asked} octets that a storm wants", "give netbootd CAP_NET_ADMIN (its unit does), or raise net.core.rmem_max");
        if (drops > 0) yield return Finding.Advice($"{drops} DHCP packets found the receive buffers full since netbootd started; their clients asked again", "give the machine more processor, or start the room in waves");
        if (granted >= asked && drops == 0) yield return Finding.Ok($"{granted} octets, no packet dropped");
    }
}
