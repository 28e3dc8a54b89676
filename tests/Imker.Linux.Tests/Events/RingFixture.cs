using Imker.Bytecode;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Events;

/// <summary>A ring buffer and a program that, run by hand, sends the number that it is given.</summary>
internal sealed class RingFixture : IDisposable
{
    /// <summary>A number that the program reserves a record for and discards it.</summary>
    public const ulong ToDiscard = 0xdead;

    private readonly KernelMap map;
    private readonly KernelMap accepted;
    private readonly KernelProgram program;

    public RingFixture(int size)
    {
        map = KernelMap.Create(new MapParameters(MapType.RingBuffer, 0, 0, (uint)size) { Name = "ring" });
        accepted = Assemble.NewArray();
        program = LoadSender();
        Ring = new RingBuffer(map);
    }

    public RingBuffer Ring { get; }

    /// <summary>False when the ring is full.</summary>
    public bool Send(ulong value)
    {
        ulong before = Assemble.ReadCount(accepted);
        program.Run(new TestRun { Context = BitConverter.GetBytes(value) });
        return Assemble.ReadCount(accepted) > before;
    }

    public List<ulong> Receive()
    {
        var result = new List<ulong>();
        foreach (ReadOnlySpan<byte> record in Ring.Read())
        {
            Assert.Equal(sizeof(ulong), record.Length);
            result.Add(BitConverter.ToUInt64(record));
        }
        return result;
    }

    public void Dispose()
    {
        Ring.Dispose();
        program.Dispose();
        accepted.Dispose();
        map.Dispose();
    }

    private KernelProgram LoadSender()
    {
        var builder = new CodeBuilder();
        Label end = new("end"), discard = new("discard"), sent = new("sent");
        builder.Emit(
            Instruction.Load(MemorySize.DoubleWord, R6, R1, 0),
            Instruction.LoadMapFd(R1, Assemble.Number(map)),
            Instruction.Mov(R2, sizeof(ulong)),
            Instruction.Mov(R3, 0),
            Instruction.CallHelper(HelperId.RingbufReserve),
            Instruction.JumpIf(JumpCondition.Equal, R0, 0, end),
            Instruction.Store(MemorySize.DoubleWord, R0, 0, R6),
            Instruction.Mov(R1, R0),
            Instruction.Mov(R2, 0),
            Instruction.JumpIf(JumpCondition.Equal, R6, (int)ToDiscard, discard),
            Instruction.CallHelper(HelperId.RingbufSubmit),
            Instruction.Jump(sent));
        builder.Bind(discard);
        builder.Emit(Instruction.CallHelper(HelperId.RingbufDiscard));
        builder.Bind(sent);
        builder.Count(accepted);
        builder.Return(end);
        return Assemble.Load(ProgramType.RawTracepoint, builder);
    }
}
