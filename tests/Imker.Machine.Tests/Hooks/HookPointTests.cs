using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Machine.Tests;

public sealed class HookPointTests
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        public uint Size;
        public uint Verdict;
    }

    private readonly BpfMachine machine = new(new MachineOptions { Mode = ExecutionMode.Interpreted });

    [Fact]
    public void The_first_program_with_an_answer_decides_in_the_order_given()
    {
        var hook = new HookPoint<Request>("requests", machine);
        var request = new Request { Size = 100 };
        Assert.Equal(0UL, hook.Run(ref request));
        hook.Attach(Returns(2), order: 1);
        using HookAttachment first = hook.Attach(Returns(0), order: -1);
        using (hook.Attach(Returns(1)))
            Assert.Equal(1UL, hook.Run(ref request));
        Assert.Equal(2UL, hook.Run(ref request));
    }

    [Fact]
    public void A_program_reads_and_changes_the_context()
    {
        var hook = new HookPoint<Request>("requests", machine);
        hook.Attach(Program(
            Instruction.Load(MemorySize.Word, R2, R1, 0),
            Instruction.Store(MemorySize.Word, R1, 4, R2), Instruction.Mov(R0, 0), Instruction.Exit));
        var request = new Request { Size = 77 };
        hook.Run(ref request);
        Assert.Equal(77u, request.Verdict);
    }

    [Fact]
    public void A_fault_is_counted_and_the_next_program_is_asked()
    {
        var hook = new HookPoint<Request>("requests", machine);
        HookAttachment bad = hook.Attach(Program(Instruction.Load(MemorySize.Word, R0, R1, 8), Instruction.Exit));
        hook.Attach(Returns(3));
        var request = default(Request);
        Assert.Equal(3UL, hook.Run(ref request));
        Assert.Equal(1, bad.Faults);
        Assert.Contains("right behind the context of 8 bytes", bad.LastFault?.ToString());
    }

    [Fact]
    public void A_program_for_devices_is_refused() =>
        Assert.Contains("context is another", Assert.Throws<ArgumentException>(() => new HookPoint<Request>("requests", machine).Attach(
            machine.LoadProgram("xdp", new Code([Instruction.Mov(R0, 0), Instruction.Exit]), ProgramType.Xdp))).Message);

    [Fact]
    public void Programs_are_replaced_under_traffic_and_every_call_gets_one_whole_answer()
    {
        var hook = new HookPoint<Request>("requests", machine);
        HookAttachment attachment = hook.Attach(Counting(1));
        using var stop = new CancellationTokenSource();
        Thread[] callers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var request = default(Request);
                Assert.InRange(hook.Run(ref request), 1UL, 1000UL);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        for (int i = 2; i <= 300; i++)
        {
            hook.Replace(attachment, Counting(i));
            if (i % 100 == 0)
                GC.Collect();
        }
        stop.Cancel();
        Array.ForEach(callers, caller => caller.Join());
        var last = default(Request);
        Assert.Equal(300UL, hook.Run(ref last));
    }

    [Fact]
    public void A_program_that_was_replaced_and_its_maps_go_when_no_call_uses_them()
    {
        var hook = new HookPoint<Request>("requests", machine);
        (HookAttachment attachment, WeakReference program, WeakReference map) = AttachAndForget(hook);
        hook.Replace(attachment, Returns(9));
        // The last run of this thread keeps its program until the next one.
        var request = default(Request);
        hook.Run(ref request);
        for (int i = 0; i < 10 && (program.IsAlive || map.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(program.IsAlive);
        Assert.False(map.IsAlive);
    }

    [Fact]
    public void What_was_recorded_is_replayed_with_its_packets()
    {
        var hook = new HookPoint<Request>("requests", machine);
        var stream = new MemoryStream();
        hook.Record(new ContextRecorder(stream, 8));
        for (uint i = 1; i <= 3; i++)
        {
            var request = new Request { Size = i };
            hook.Run(ref request, new byte[] { (byte)(10 * i) });
        }
        hook.Record(null);

        ContextRecording recording = ContextRecording.Read(stream.ToArray());
        MachineProgram program = Program(
            Instruction.Mov(R6, R1), Instruction.Load(MemorySize.Word, R7, R1, 0),
            Instruction.LoadAbsolute(MemorySize.Byte, 0), Instruction.Alu(AluOperation.Add, R0, R7), Instruction.Exit);
        Assert.Equal([11UL, 22UL, 33UL], recording.Replay(program).Select(result => result.ReturnValue));
        hook.Attach(program);
        Assert.Equal([11UL, 22UL, 33UL], hook.Replay(recording));
    }

    [Fact]
    public void A_recording_that_is_cut_or_none_is_refused()
    {
        var stream = new MemoryStream();
        var recorder = new ContextRecorder(stream, 8);
        recorder.Write(new byte[8], [1, 2, 3]);
        byte[] whole = stream.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            if (length != 16)
                Assert.Throws<InvalidDataException>(() => ContextRecording.Read(whole.AsMemory(0, length)));
        }
        Assert.Single(ContextRecording.Read(whole).Entries);
    }

    private (HookAttachment, WeakReference, WeakReference) AttachAndForget(HookPoint<Request> hook)
    {
        MachineProgram program = Counting(5);
        HookAttachment attachment = hook.Attach(program);
        var request = default(Request);
        Assert.Equal(5UL, hook.Run(ref request));
        return (attachment, new WeakReference(program), new WeakReference(program.Maps[0]));
    }

    private MachineProgram Returns(int value) => Program(Instruction.Mov(R0, value), Instruction.Exit);

    private MachineProgram Program(params Instruction[] instructions) => machine.LoadProgram("test", new Code([.. instructions]));

    // Removes and adds a key of a map, and returns its number.
    private MachineProgram Counting(int number)
    {
        Instruction[] key = [Instruction.LoadMap(R1, new MapReference("seen")), Instruction.Mov(R2, R10), Instruction.Alu(AluOperation.Add, R2, -4)];
        return machine.Load(new BpfObject
        {
            Name = "test",
            Maps = [new MapSpec { Name = "seen", Type = MapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 8 }],
            Programs = [new ProgramSpec
            {
                Name = "count", Type = ProgramType.Unspecified,
                Entry = new FunctionSpec
                {
                    Name = "count",
                    Instructions =
                    [
                        Instruction.StoreConstant(MemorySize.Word, R10, -4, 1), Instruction.StoreConstant(MemorySize.DoubleWord, R10, -16, number),
                        .. key, Instruction.Mov(R3, R10), Instruction.Alu(AluOperation.Add, R3, -16), Instruction.Mov(R4, 0),
                        Instruction.CallHelper(HelperId.MapUpdateElem),
                        .. key, Instruction.CallHelper(HelperId.MapLookupElem),
                        Instruction.JumpIf(JumpCondition.Equal, R0, 0, 1), Instruction.Load(MemorySize.DoubleWord, R6, R0, 0),
                        .. key, Instruction.CallHelper(HelperId.MapDeleteElem),
                        Instruction.Mov(R0, number), Instruction.Exit,
                    ],
                },
            }],
        }).Programs["count"];
    }
}
