using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Imker.Linux.Tests.Processes;

public sealed class MappingHistoryTests
{
    private const uint Comm = 3, Fork = 7, Mmap2 = 10;
    private const ushort Exec = 1 << 13;

    private readonly MappingHistory history = new();

    public MappingHistoryTests() => Apply(Record(Comm, Exec, 7, 7, [], time: 0));

    [Fact]
    public void Of_a_process_that_had_begun_before_nothing_is_told()
    {
        Apply(Mapped(9, 0x1000, 0x2000, "/lib", time: 1));
        Assert.Null(MapsOf(9));
    }

    [Fact]
    public void A_mapping_is_told_in_the_format_of_a_maps_file()
    {
        Apply(Mapped(7, 0x1000, 0x2000, "/lib/a b\nc", time: 1));
        Assert.Equal("1000-3000 r-xp 00000010 fe:01 99 /lib/a b\\012c\n", MapsOf(7));
        Assert.Null(MapsOf(8));
    }

    [Fact]
    public void A_mapping_replaces_those_that_it_covers()
    {
        Apply(Mapped(7, 0x1000, 0x1000, "/old", time: 1));
        Apply(Mapped(7, 0x1800, 0x1000, "/new", time: 2));
        Assert.Equal("1800-2800 r-xp 00000010 fe:01 99 /new\n", MapsOf(7));
    }

    [Fact]
    public void Another_program_takes_all_mappings_away_but_those_made_since_on_another_processor()
    {
        Apply(Mapped(7, 0x1000, 0x1000, "/old", time: 1));
        Apply(Mapped(7, 0x9000, 0x1000, "/new", time: 3));
        Apply(Record(Comm, Exec, 7, 7, [], time: 2));
        Assert.Equal("9000-a000 r-xp 00000010 fe:01 99 /new\n", MapsOf(7));
    }

    [Fact]
    public void A_new_name_of_a_process_is_no_other_program()
    {
        Apply(Mapped(7, 0x1000, 0x1000, "/old", time: 1));
        Apply(Record(Comm, 0, 7, 7, [], time: 2));
        Assert.NotEqual("", MapsOf(7));
    }

    [Fact]
    public void A_copy_of_a_process_has_its_mappings_and_names_a_parent_that_is_not_known()
    {
        Apply(Mapped(7, 0x1000, 0x1000, "/lib", time: 1));
        Apply(Record(Fork, 0, 8, 7, [], time: 2));
        Assert.Equal(MapsOf(7), MapsOf(8));
        Apply(Record(Fork, 0, 21, 20, [], time: 2));
        Apply(Record(Fork, 0, 22, 21, [], time: 3));
        history.MapsOf(22, out int parent);
        Assert.Equal(20, parent);
    }

    [Fact]
    public void Only_the_last_thousands_of_processes_are_remembered()
    {
        for (int id = 1; id <= 5000; id++)
            Apply(Record(Comm, Exec, id, id, [], time: 1));
        Assert.Null(MapsOf(1));
        Assert.NotNull(MapsOf(5000));
    }

    [Fact]
    public void Records_of_anything_do_not_throw()
    {
        byte[] valid = Mapped(7, 0x1000, 0x1000, "/lib", time: 1);
        Gen.Byte.Array[0, 120].Sample(record => new MappingHistory().Apply(MappingRecord.Parse(record)), iter: 2000);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[1, 8].Sample(changes =>
        {
            byte[] mutated = [.. valid];
            foreach ((int at, byte value) in changes)
                mutated[at] = value;
            var fresh = new MappingHistory();
            fresh.Apply(MappingRecord.Parse(mutated));
            fresh.Apply(MappingRecord.Parse(mutated.AsSpan(0, changes[0].Item1)));
            fresh.MapsOf(7, out _);
        }, iter: 2000);
    }

    [Fact]
    public void The_maps_of_a_process_that_has_ended_are_what_it_mapped()
    {
        TestKit.Machine.RequireRoot();
        using MappingLog? log = MappingLog.TryOpen();
        Assert.NotNull(log);
        using var process = System.Diagnostics.Process.Start("/bin/true");
        process.WaitForExit();
        string maps = Encoding.UTF8.GetString(log.ReadMaps(process.Id)!);
        Assert.Contains("/true\n", maps, StringComparison.Ordinal);
        Assert.Contains("libc.so.6\n", maps, StringComparison.Ordinal);
        Assert.Contains("[vdso]\n", maps, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_of_a_busy_machine_is_taken_in_before_it_overflows()
    {
        TestKit.Machine.RequireRoot();
        using MappingLog? log = MappingLog.TryOpen();
        using var loop = new EventLoop();
        loop.Watch(log!);
        using TestKit.RunningProgram shell = TestKit.RunningProgram.Shell(
            "i=0; while [ $i -lt 400 ]; do /bin/true; i=$((i+1)); done; /bin/true & echo $!; wait");
        while (!shell.HasExited)
            loop.Wait(TimeSpan.FromMilliseconds(20));
        int last = int.Parse(shell.WaitForEnd(TimeSpan.FromSeconds(5)).Output, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("/true\n", Encoding.UTF8.GetString(log!.ReadMaps(last) ?? []), StringComparison.Ordinal);
    }

    private void Apply(byte[] record) => history.Apply(MappingRecord.Parse(record));

    private string? MapsOf(int id) => history.MapsOf(id, out _) is { } text ? Encoding.UTF8.GetString(text) : null;

    private static byte[] Mapped(int id, ulong address, ulong length, string path, ulong time)
    {
        byte[] body = new byte[56 + (path.Length + 8) / 8 * 8];
        BinaryPrimitives.WriteUInt64LittleEndian(body, address);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(8), length);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(16), 0x10);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(24), 0xfe);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(28), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(32), 99);
        Encoding.ASCII.GetBytes(path, body.AsSpan(56));
        return Record(Mmap2, 0, id, id, body, time);
    }

    private static byte[] Record(uint type, ushort flags, int first, int second, byte[] body, ulong time)
    {
        byte[] record = new byte[Math.Max(24, 16 + body.Length) + 8];
        BinaryPrimitives.WriteUInt32LittleEndian(record, type);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(4), flags);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(6), (ushort)record.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), first);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), second);
        body.CopyTo(record.AsSpan(16));
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(^8), time);
        return record;
    }
}
