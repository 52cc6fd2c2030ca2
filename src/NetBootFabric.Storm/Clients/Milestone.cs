namespace NetBootFabric.Storm.Clients;

/// <summary>What a client has behind it; the time from its power-on to each is kept.</summary>
internal enum Milestone : byte
{
    Offer,
    Ack,
    Arp,
    Loader,
    Script,
    Kernel,
    Initrd,
    Booted,
}
