using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Clients;

/// <summary>Which machines this head node is booting just now. Asked on packet paths: answered from memory, never by waiting.</summary>
public interface IBootingClients
{
    /// <summary>See <see cref="BootRecord.IsInFirmware"/>; false for a machine that was never heard of.</summary>
    bool IsInFirmware(MacAddress client, DateTimeOffset now);
}
