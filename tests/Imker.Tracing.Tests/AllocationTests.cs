using System.Runtime.InteropServices;
using System.Text;
using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Tracing.Records;

namespace Imker.Tracing.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void Formatted_records_are_decoded_without_allocation()
    {
        var schema = new RecordSchema(0, new PrintfAction("%s %d %s\n"), 40,
        [
            new RecordField(8, new StringData(16), false),
            new RecordField(24, new IntegerData(4, false), false),
            new RecordField(28, new StringData(64), true),
        ]);
        var blueprint = new BpfObject { Name = "test", Records = [schema] };
        using var loaded = ObjectLoader.Load(blueprint);
        using var output = new BatchedOutput(Stream.Null);
        using var errors = new BatchedOutput(Stream.Null);
        var renderer = new TextRenderer(output, errors);
        var clock = new WallClock(0);
        using var loop = new EventLoop();
        var printer = new RecordPrinter(
            blueprint, renderer, new ValueReader(new AddressNames(loaded, mappings: null), clock, new TruncationMark(1024, "..")), clock, new CommandRunner(renderer, loop, 0));
        byte[] record = Record("command", 1234, "/etc/hostname");

        Print(printer, record, 10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Print(printer, record, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Print(RecordPrinter printer, byte[] record, int times)
    {
        for (int i = 0; i < times; i++)
            printer.Print(record);
    }

    private static byte[] Record(string command, int number, string text)
    {
        byte[] tail = Encoding.UTF8.GetBytes(text + "\0");
        byte[] record = new byte[40 + tail.Length];
        Encoding.UTF8.GetBytes(command, record.AsSpan(8));
        MemoryMarshal.Write(record.AsSpan(24), number);
        MemoryMarshal.Write(record.AsSpan(28), tail.Length);
        tail.CopyTo(record, 40);
        return record;
    }
}
