namespace NetBootFabric.Storm.Dhcp;

/// <summary>When a client goes from the OFFER to its REQUEST.</summary>
internal enum OfferPolicy
{
    AtOnce,
    /// <summary>When the retry timer of the present DISCOVER runs out: an OFFER that missed the first one waits for the second.</summary>
    AtTimeout,
    /// <summary>iPXE: at a time-out more than two seconds after the start, or at once when option 175.176 says that no proxyDHCP answers.</summary>
    IpxeProxyWait,
}
