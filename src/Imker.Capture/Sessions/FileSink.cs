using System.Diagnostics;
using System.Globalization;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>Writes packets to a pcap file, or to one after the other.</summary>
public sealed class FileSink : PacketSink
{
    private readonly RotationOptions options;
    private readonly PcapWriterOptions format;
    private readonly TimeProvider clock;
    private readonly int digits;
    private PcapWriter writer;
    private DateTimeOffset began;
    private int number;
    private int filesOfPeriods;

    /// <summary>Creates the first file.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public FileSink(RotationOptions options, PcapWriterOptions format, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(format);
        this.options = options;
        this.format = format;
        this.clock = clock ?? TimeProvider.System;
        digits = options is { Size: not null, FileLimit: { } limit } ? DigitsFor(limit) : 0;
        began = this.clock.GetLocalNow();
        writer = Create();
    }

    /// <summary>Whether the last file that was allowed is complete.</summary>
    public bool IsComplete { get; private set; }

    public override void Take(in CapturedPacket packet)
    {
        if (IsComplete)
            return;
        if (packet.LinkType != format.LinkType)
        {
            throw new CaptureFileException(CaptureDiagnosticId.MixedLinkTypes, writer.Name, writer.Length,
                $"cannot write {writer.Name}: its packets are of link type {format.LinkType}, and one comes of type {packet.LinkType}; a filter, or a file of its own, keeps them apart");
        }
        RotateWhenDue();
        if (IsComplete)
            return;
        writer.Write(packet);
        if (options.IsPacketBuffered)
            writer.Flush();
    }

    public override void Flush() => writer.Flush();

    public override void Dispose() => writer.Dispose();

    private void RotateWhenDue()
    {
        if (options.Period is { } period && clock.GetUtcNow() - began >= period)
        {
            number = 0;
            filesOfPeriods++;
            if (options is { Size: null, FileLimit: { } limit } && filesOfPeriods >= limit)
            {
                Close();
                IsComplete = true;
                return;
            }
            began = clock.GetLocalNow();
            Next();
        }
        else if (options.Size is { } size && writer.Length > size)
        {
            number++;
            if (options.FileLimit is { } most && number >= most)
                number = 0;
            Next();
        }
    }

    private void Next()
    {
        Close();
        writer = Create();
    }

    private void Close()
    {
        string name = writer.Name;
        writer.Dispose();
        if (options.Command is { } command)
            StartCommand(command, name);
    }

    // As tcpdump does: the program alone, no shell; what becomes of it is its own affair.
    private static void StartCommand(string command, string file)
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(command, [file]) { UseShellExecute = false });
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new FileNotFoundException($"cannot run '{command}' on the complete file {file}: {e.Message}", e);
        }
    }

    private PcapWriter Create()
    {
        string name = options.Period is null ? options.Path : FileNamePattern.Format(options.Path, began);
        if (number > 0 || digits > 0)
            name += number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return new PcapWriter(name == "-" ? OutputFile.OpenStandard() : OutputFile.Create(name), name, format);
    }

    private static int DigitsFor(int limit) => (limit - 1).ToString(CultureInfo.InvariantCulture) is "0" ? 0 : (limit - 1).ToString(CultureInfo.InvariantCulture).Length;
}
