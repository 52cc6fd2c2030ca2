using System.Collections.Immutable;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Messages;

/// <summary>
/// A boot's and a client's fields as the first releases stored them. What came later stands behind them, in a place that each format chooses. Enumerations are stored by number.
/// </summary>
internal static class BootFields
{
    public static void Write(FieldWriter fields, ClientAttributes attributes)
    {
        fields.Text(attributes.Uuid);
        fields.Number((uint)attributes.ClientIdentifiers.Length);
        foreach (var identifier in attributes.ClientIdentifiers) fields.Text(identifier);
        fields.Text(attributes.VendorClass);
        fields.Text(attributes.HostName);
        fields.Text(attributes.RelayInformation);
        fields.Address(attributes.Relay);
    }

    public static ClientAttributes ReadAttributes(ref FieldReader fields) => new()
    {
        Uuid = fields.Text(),
        ClientIdentifiers = ReadTexts(ref fields),
        VendorClass = fields.Text(),
        HostName = fields.Text(),
        RelayInformation = fields.Text(),
        Relay = fields.Address(),
    };

    private static ImmutableArray<string> ReadTexts(ref FieldReader fields)
    {
        var texts = ImmutableArray.CreateBuilder<string>(fields.Count());
        while (texts.Count < texts.Capacity) texts.Add(fields.Text());
        return texts.MoveToImmutable();
    }

    public static void Write(FieldWriter fields, BootRecord boot)
    {
        fields.Signed(boot.Number);
        fields.Number((uint)boot.Phase);
        fields.Time(boot.LastHeard);
        fields.Number((uint)boot.Phases.Length);
        foreach (var (phase, at) in boot.Phases)
        {
            fields.Number((uint)phase);
            fields.Time(at, boot.LastHeard);
        }
        fields.Flag(boot.Boots);
        fields.Number((uint)boot.Stage);
        fields.Number((uint)boot.Architecture);
        fields.Address(boot.Address);
        fields.Address(boot.Server);
        fields.Text(boot.Loader);
        fields.Number(boot.Transport is { } transport ? (uint)transport + 1 : 0);
        fields.Signed(boot.Discovers);
        fields.Signed(boot.Exchanges);
        fields.Signed(boot.Retries);
        fields.Signed(boot.OffersUnanswered);
        fields.Signed(boot.ArpQuestions);
        fields.Signed(boot.Bytes);
        fields.Signed(boot.Retransmissions);
        fields.Number((uint)boot.Downloads.Length);
        foreach (var download in boot.Downloads) Write(fields, download, boot.LastHeard);
        Write(fields, boot.Trouble);
        Write(fields, boot.Failure);
        fields.Fixed32(boot.TransactionId);
        fields.Flag(boot.TransactionAcknowledged);
        fields.Flag(boot.ToDisk);
    }

    /// <remarks>An initializer's members are read in the order they stand here: that of <see cref="Write(FieldWriter, BootRecord)"/>.</remarks>
    public static BootRecord ReadBoot(ref FieldReader fields)
    {
        var number = fields.Signed();
        var phase = (BootPhase)fields.Number();
        var heard = fields.Time();
        return new BootRecord
        {
            Number = number,
            Phase = phase,
            LastHeard = heard,
            Phases = ReadPhases(ref fields, heard),
            Boots = fields.Flag(),
            Stage = (ClientStage)fields.Number(),
            Architecture = (ClientArchitecture)fields.Number(),
            Address = fields.Address(),
            Server = fields.Address(),
            Loader = fields.Text(),
            Transport = fields.Number() is > 0 and var transport ? (TransferProtocol)(transport - 1) : null,
            Discovers = fields.Int(),
            Exchanges = fields.Int(),
            Retries = fields.Int(),
            OffersUnanswered = fields.Int(),
            ArpQuestions = fields.Int(),
            Bytes = fields.Signed(),
            Retransmissions = fields.Int(),
            Downloads = ReadDownloads(ref fields, heard),
            Trouble = ReadFailure(ref fields),
            Failure = ReadFailure(ref fields),
            TransactionId = fields.Fixed32(),
            TransactionAcknowledged = fields.Flag(),
            ToDisk = fields.Flag(),
        };
    }

    private static ImmutableArray<PhaseEntry> ReadPhases(ref FieldReader fields, DateTimeOffset heard)
    {
        var phases = ImmutableArray.CreateBuilder<PhaseEntry>(fields.Count());
        while (phases.Count < phases.Capacity) phases.Add(new PhaseEntry((BootPhase)fields.Number(), fields.Time(heard)));
        return phases.MoveToImmutable();
    }

    private static void Write(FieldWriter fields, Download download, DateTimeOffset heard)
    {
        fields.Signed(download.Transfer);
        fields.Text(download.Path);
        fields.Number((uint)download.Protocol);
        fields.Number((uint)download.Role);
        fields.Signed(download.Bytes);
        fields.Signed(download.Length ?? -1);
        fields.Number((uint)download.Stage);
        fields.Time(download.At, heard);
    }

    private static ImmutableArray<Download> ReadDownloads(ref FieldReader fields, DateTimeOffset heard)
    {
        var downloads = ImmutableArray.CreateBuilder<Download>(fields.Count());
        while (downloads.Count < downloads.Capacity) downloads.Add(ReadDownload(ref fields, heard));
        return downloads.MoveToImmutable();
    }

    private static Download ReadDownload(ref FieldReader fields, DateTimeOffset heard) => new(
        fields.Signed(), fields.Text(), (TransferProtocol)fields.Number(), (ContentRole)fields.Number(), fields.Signed(),
        fields.Signed() is >= 0 and var length ? length : null, (TransferStage)fields.Number(), fields.Time(heard));

    /// <summary>0, or the cause + 1, the step and the detail.</summary>
    private static void Write(FieldWriter fields, BootFailure? failure)
    {
        fields.Number(failure is null ? 0 : (uint)failure.Cause + 1);
        if (failure is null) return;
        fields.Number((uint)failure.Step);
        fields.Text(failure.Detail);
    }

    private static BootFailure? ReadFailure(ref FieldReader fields) => fields.Number() is > 0 and var cause
        ? new BootFailure((BootStep)fields.Number(), (FailureCause)(cause - 1), fields.Text())
        : null;
}
