using System.Collections.Immutable;
using System.Text;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Wire.Dhcp;
using Options = System.Collections.Generic.List<NetBootFabric.Boot.Dhcp.DhcpOptionValue>;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>The options of an answer, those first that must not be left out when the client takes short messages only.</summary>
internal static class AnswerOptions
{
    /// <summary>
    /// PXE 2.1 tag 6, bit 3: load the boot file of this message, and look for no boot server.
    /// </summary>
    private static readonly DhcpOptionValue NoBootServerDiscovery =
        new(DhcpOptions.VendorSpecific.Code, (byte[])[PxeOptions.DiscoveryControl.Code, 1, 8, 255]);

    /// <summary>Where a thread gathers an answer's options, to copy them once their number is known.</summary>
    [ThreadStatic]
    private static Options? s_options;

    private static readonly DhcpOptionValue RapidCommit = new(DhcpOptions.RapidCommit.Code, ReadOnlyMemory<byte>.Empty);

    private static readonly DhcpOptionValue Refusal = new(DhcpOptions.Message.Code, Encoding.ASCII.GetBytes("address not available"));

    public static ImmutableArray<DhcpOptionValue> ForOffer(in DhcpCase it, uint granted)
    {
        var options = Begin(it);
        AddLease(options, it, granted);
        return [.. options];
    }

    public static ImmutableArray<DhcpOptionValue> ForAck(in DhcpCase it, uint granted)
    {
        var options = Begin(it);
        if (it.Inquiry.Type == DhcpMessageType.Discover) options.Add(RapidCommit);
        AddLease(options, it, granted);
        return [.. options];
    }

    public static ImmutableArray<DhcpOptionValue> ForInform(in DhcpCase it)
    {
        var options = Begin(it);
        AddBoot(options, it);
        AddSubnet(options, it);
        AddGiven(options, it);
        return [.. options];
    }

    public static ImmutableArray<DhcpOptionValue> ForProxy(in DhcpCase it)
    {
        var options = Begin(it);
        AddBoot(options, it);
        AddGiven(options, it);
        if (!Has(options, DhcpOptions.VendorClass.Code)) options.Add(LoaderOptions.PxeClient);
        if (!Has(options, DhcpOptions.VendorSpecific.Code) && !it.Inquiry.IsHttpClient) options.Add(NoBootServerDiscovery);
        return [.. options];
    }

    public static ImmutableArray<DhcpOptionValue> ForNak(in DhcpCase it)
    {
        var options = Begin(it);
        options.Add(Refusal);
        return [.. options];
    }

    /// <summary>Who answers whom: 54, and the client's own 61 (RFC 6842) and 97 (PXE 2.1) again.</summary>
    private static Options Begin(in DhcpCase it)
    {
        var options = s_options ??= new Options(16);
        options.Clear();
        options.Add(SubnetPlan.Address(DhcpOptions.ServerIdentifier.Code, it.ServerIdentifier));
        if (!it.Inquiry.ClientIdentifier.IsEmpty) options.Add(new(DhcpOptions.ClientIdentifier.Code, it.Inquiry.ClientIdentifier));
        if (!it.Inquiry.SubnetSelection.IsAny) options.Add(SubnetPlan.Address(DhcpOptions.SubnetSelection.Code, it.Inquiry.SubnetSelection));
        if (!it.Inquiry.ClientUuid.IsEmpty) options.Add(new(DhcpOptions.MachineIdentifier.Code, it.Inquiry.ClientUuid));
        return options;
    }

    private static void AddLease(Options options, in DhcpCase it, uint granted)
    {
        options.Add(SubnetPlan.Number(DhcpOptions.LeaseTime.Code, granted));
        AddBoot(options, it);
        AddSubnet(options, it);
        if (Asks(it, DhcpOptions.RenewalTime.Code)) options.Add(SubnetPlan.Number(DhcpOptions.RenewalTime.Code, LeaseTerms.Renewal(granted)));
        if (Asks(it, DhcpOptions.RebindingTime.Code)) options.Add(SubnetPlan.Number(DhcpOptions.RebindingTime.Code, LeaseTerms.Rebinding(granted)));
        AddGiven(options, it);
    }

    private static void AddBoot(Options options, in DhcpCase it)
    {
        if (it.Boot is { } boot) options.AddRange(boot.Options.AsSpan());
    }

    /// <summary>What the operator gives by hand outweighs what is there by itself. Where the boot file and its server are, in the options that some clients ask for in place of the fields.</summary>
    private static void AddGiven(Options options, in DhcpCase it)
    {
        var settings = it.Settings;
        if (settings.IsEmpty) return;
        foreach (var (code, value, always) in settings.Options)
            if (always || it.Inquiry.ParameterRequestList.IsEmpty || it.Asks(code)) Put(options, new(code, value));
        if (it.Boot is { Loader: not null } or { NextServer.IsAny: true }) return;
        var server = it.NextServer;
        if (!server.IsAny) AddIfMissing(options, it, DhcpOptions.TftpServerName.Code, () => Encoding.ASCII.GetBytes(server.ToString()));
        if (!server.IsAny) AddIfMissing(options, it, DhcpOptions.TftpServers.Code, () => SubnetPlan.Address(0, server).Value);
        if (it.Boot?.BootFile is { Length: > 0 and <= FileField } file) AddIfMissing(options, it, DhcpOptions.BootFileName.Code, () => Encoding.ASCII.GetBytes(file));
    }

    /// <summary>Longer names are in option 67 already: 127 = 128 of the field - 1 NUL.</summary>
    private const int FileField = 127;

    private static void Put(Options options, DhcpOptionValue option)
    {
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Code != option.Code) continue;
            options[i] = option;
            return;
        }
        options.Add(option);
    }

    private static void AddIfMissing(Options options, in DhcpCase it, byte code, Func<ReadOnlyMemory<byte>> value)
    {
        if (it.Asks(code) && !Has(options, code)) options.Add(new(code, value()));
    }

    /// <summary>Mask and routers, which loaders need whether they ask or not; the rest for those that ask.</summary>
    private static void AddSubnet(Options options, in DhcpCase it)
    {
        var plan = it.Plan!;
        options.Add(plan.Mask);
        if (plan.Routers is { } routers) options.Add(routers);
        AddIfAsked(options, it, plan.DnsServers);
        if (it.Node?.Name is { } name) AddIfAsked(options, it, new(DhcpOptions.HostName.Code, Encoding.ASCII.GetBytes(name)));
        AddIfAsked(options, it, plan.DomainName);
        AddIfAsked(options, it, plan.Broadcast);
    }

    private static void AddIfAsked(Options options, in DhcpCase it, DhcpOptionValue? option)
    {
        if (option is { } value && (it.Inquiry.ParameterRequestList.IsEmpty || Asks(it, value.Code))) options.Add(value);
    }

    private static bool Asks(in DhcpCase it, byte code) => it.Inquiry.ParameterRequestList.Span.Contains(code);

    private static bool Has(Options options, byte code)
    {
        foreach (var option in options)
            if (option.Code == code) return true;
        return false;
    }
}
