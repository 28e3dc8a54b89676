using System.Diagnostics;
using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Machine.Jit;
using Imker.Machine.Jit.Arm64;

namespace Imker.Machine.Tests.Jit;

/// <summary>
/// Runs arm64 code under <c>qemu-aarch64</c>: an ELF file of code and data alone, which runs one program after the other, each on a
/// memory of its own, writes all of the memory out and ends.
/// </summary>
internal sealed unsafe class Arm64Runner(JitOptions options, bool hasAtomics)
{
    public const int ContextSize = 64;
    public const int ContextAt = RegionsAt + 3 * MemoryRegion.Size + 32;

    private const ulong CodeAddress = 0x1000_0000;
    private const int StackSize = ExecutionState.MaxDepth * ExecutionState.FrameSize;
    private const int RegionsAt = ResultAt + 64;
    private const int ElfHeader = 64, ProgramHeader = 56;

    private readonly List<byte[]> programs = [];

    public const ulong DataAddress = 0x2000_0000;
    public const int ResultAt = ExecutionState.Size;
    public const int StackAt = ContextAt + ContextSize;
    public const int CellSize = StackAt + StackSize;

    /// <summary>The memory of a run: its state, its result, the regions, the context and the stack.</summary>
    public static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> all, int index) => all.Slice(index * CellSize, CellSize);

    public void Add(ExecutableProgram program)
    {
        using var assembler = new Arm64Assembler(4096);
        new Arm64Generator(new JitSource(program, options, [], 0), new Arm64Features { HasAtomics = hasAtomics }, assembler).Generate();
        programs.Add(assembler.Written.ToArray());
    }

    /// <summary>Runs all that were added, each with the same context and budget, and returns their memory.</summary>
    public byte[] Run(byte[] context, long budget)
    {
        byte[] data = new byte[CellSize * programs.Count];
        for (int i = 0; i < programs.Count; i++)
            FillCell(data.AsSpan(i * CellSize), i, context, budget);
        string path = Path.Combine(Path.GetTempPath(), $"imker-arm64-{Guid.NewGuid():n}");
        try
        {
            File.WriteAllBytes(path, Elf(Code(), data));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return Execute(path, data.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Makes the memory of a run as it is at its start.</summary>
    public static void FillCell(Span<byte> memory, int index, byte[] context, long budget)
    {
        ulong cell = DataAddress + (ulong)(index * CellSize);
        memory[..CellSize].Clear();
        fixed (byte* start = memory)
        {
            var state = (ExecutionState*)start;
            var regions = (MemoryRegion*)(start + RegionsAt);
            regions[0] = new MemoryRegion { Start = cell + StackAt + StackSize - ExecutionState.FrameSize, Length = ExecutionState.FrameSize, Access = RegionAccess.ReadWrite };
            regions[1] = new MemoryRegion { Start = cell + ContextAt, Length = ContextSize, Access = RegionAccess.ReadWrite };
            state->Regions = (MemoryRegion*)(cell + RegionsAt);
            state->RegionCount = 3;
            state->Budget = budget;
            state->FaultSlot = -1;
            state->StackTop = cell + StackAt + StackSize;
            state->Packet = (byte*)(cell + ContextAt);
            state->PacketLength = ContextSize;
            state->Registers[1] = cell + ContextAt;
            state->Registers[2] = ContextSize;
            state->Registers[10] = state->StackTop;
            state->FindRegion = (delegate* unmanaged[Cdecl]<ExecutionState*, ulong, uint, uint>)(CodeAddress + ElfHeader + 2 * ProgramHeader);
            context.CopyTo(new Span<byte>(start + ContextAt, ContextSize));
        }
    }

    private byte[] Code()
    {
        using var assembler = new Arm64Assembler(4096);
        // What the machine is asked for regions that are not in the table: there are none.
        assembler.Move(Arm64Register.X0, 0);
        assembler.Return();
        int size = programs.Count * 64 + 256;
        ulong at = CodeAddress + ElfHeader + 2 * ProgramHeader + (ulong)size;
        for (int i = 0; i < programs.Count; i++)
        {
            assembler.Reserve(256);
            ulong cell = DataAddress + (ulong)(i * CellSize);
            assembler.Move(Arm64Register.X0, (long)cell);
            assembler.Move(Arm64Register.X9, (long)at);
            assembler.BranchLinkTo(Arm64Register.X9);
            assembler.Move(Arm64Register.X9, (long)cell + ResultAt);
            assembler.Store(Arm64Width.DoubleWord, Arm64Register.X0, Arm64Register.X9, 0);
            at += (ulong)programs[i].Length;
        }
        assembler.Reserve(256);
        const int Write = 64, Exit = 93;
        assembler.Move(Arm64Register.X21, (long)DataAddress);
        assembler.Move(Arm64Register.X22, (long)CellSize * programs.Count);
        int again = assembler.Position;
        assembler.Move(Arm64Register.X0, 1);
        assembler.Move(true, Arm64Register.X1, Arm64Register.X21);
        assembler.Move(true, Arm64Register.X2, Arm64Register.X22);
        assembler.Move(Arm64Register.X8, Write);
        byte[] write = [.. assembler.Written, .. SupervisorCall];
        using var rest = new Arm64Assembler(256);
        rest.Alu(Arm64Alu.Add, true, Arm64Register.X21, Arm64Register.X21, Arm64Register.X0);
        rest.Alu(Arm64Alu.SubtractFlags, true, Arm64Register.X22, Arm64Register.X22, Arm64Register.X0);
        int branch = rest.BranchIf(Arm64Condition.SignedGreater);
        rest.Bind(branch, branch + again - (write.Length + branch));
        rest.Move(Arm64Register.X0, 0);
        rest.Move(Arm64Register.X8, Exit);
        byte[] start = [.. write, .. rest.Written, .. SupervisorCall];
        Array.Resize(ref start, size);
        return [.. start, .. programs.SelectMany(p => p)];
    }

    // svc #0
    private static byte[] SupervisorCall => [0x01, 0x00, 0x00, 0xd4];

    private static byte[] Elf(byte[] code, byte[] data)
    {
        const int Headers = ElfHeader + 2 * ProgramHeader, PageSize = 4096;
        int dataAt = (Headers + code.Length + PageSize - 1) / PageSize * PageSize;
        var file = new MemoryStream();
        var writer = new BinaryWriter(file);
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write((ushort)2);
        writer.Write((ushort)183);
        writer.Write(1);
        // The program begins behind the two words that answer for regions.
        writer.Write(CodeAddress + Headers + 2 * Arm64Assembler.WordSize);
        writer.Write((ulong)ElfHeader);
        writer.Write(0ul);
        writer.Write(0);
        foreach (ushort field in (ReadOnlySpan<ushort>)[ElfHeader, ProgramHeader, 2, 0, 0, 0])
            writer.Write(field);
        WriteSegment(writer, flags: 5, 0, CodeAddress, Headers + code.Length);
        WriteSegment(writer, flags: 6, dataAt, DataAddress, data.Length);
        writer.Write(code);
        file.Position = dataAt;
        writer.Write(data);
        return file.ToArray();
    }

    private static void WriteSegment(BinaryWriter writer, uint flags, int offset, ulong address, int size)
    {
        writer.Write(1);
        writer.Write(flags);
        foreach (ulong field in (ReadOnlySpan<ulong>)[(ulong)offset, address, address, (ulong)size, (ulong)size, 4096])
            writer.Write(field);
    }

    private static byte[] Execute(string path, int length)
    {
        using Process process = Process.Start(new ProcessStartInfo(TestKit.Machine.RequireTool("qemu-aarch64"), path) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        byte[] output = new byte[length];
        int read = process.StandardOutput.BaseStream.ReadAtLeast(output, length, throwOnEndOfStream: false);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(read == length && process.ExitCode == 0, $"the emulator wrote {read} of {length} bytes and ended with {process.ExitCode}: {error}");
        return output;
    }
}
