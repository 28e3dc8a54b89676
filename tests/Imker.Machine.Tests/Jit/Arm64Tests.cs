using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Machine.Jit;

namespace Imker.Machine.Tests.Jit;

/// <summary>The code for arm64, run by an emulator, does what the interpreter does on the same memory at the same addresses.</summary>
public sealed unsafe partial class Arm64Tests
{
    private const int ProgramsAtOnce = 500;
    private const long Budget = 20_000;

    [Theory]
    [InlineData("verified", true)]
    [InlineData("verified", false)]
    [InlineData("checked", false)]
    [InlineData("untrusted", true)]
    public void Programs_that_the_kernel_would_take_run_as_interpreted(string mode, bool hasAtomics) =>
        Compare(OptionsOf(mode), hasAtomics, 1000, AcceptableProgram.Make);

    [Theory]
    [InlineData("checked", false)]
    [InlineData("checked", true)]
    [InlineData("untrusted", false)]
    public void Whatever_a_program_does_generated_code_does_as_the_interpreter(string mode, bool hasAtomics) =>
        Compare(OptionsOf(mode), hasAtomics, 2000, RandomProgram.MakeAlone);

    private static JitOptions OptionsOf(string mode) => mode switch
    {
        "verified" => JitOptions.Verified,
        "checked" => JitOptions.Checked,
        _ => JitOptions.Untrusted,
    };

    private static void Compare(JitOptions options, bool hasAtomics, int count, Func<int, Code> make)
    {
        byte[] context = new byte[Arm64Runner.ContextSize];
        new Random(1).NextBytes(context);
        nuint size = Arm64Runner.CellSize * ProgramsAtOnce;
        byte* memory = Map((void*)Arm64Runner.DataAddress, size, 3, MapFixed, -1, 0);
        Assert.Equal(Arm64Runner.DataAddress, (ulong)memory);
        Processor processor = Processor.Take();
        try
        {
            for (int first = 0; first < count; first += ProgramsAtOnce)
            {
                var runner = new Arm64Runner(options, hasAtomics);
                Code[] programs = [.. Enumerable.Range(first, ProgramsAtOnce).Select(make)];
                foreach (Code program in programs)
                    runner.Add(Validate(program));
                byte[] emulated = runner.Run(context, Budget);
                for (int i = 0; i < programs.Length; i++)
                {
                    var cell = new Span<byte>(memory + i * Arm64Runner.CellSize, Arm64Runner.CellSize);
                    Arm64Runner.FillCell(cell, i, context, Budget);
                    Interpret(programs[i], cell, processor.State);
                    Check(first + i, programs[i], cell, Arm64Runner.Cell(emulated, i), options.IsChecked);
                }
            }
        }
        finally
        {
            processor.GiveBack();
            Unmap(memory, size);
        }
    }

    private static void Interpret(Code code, Span<byte> cell, ExecutionState* processor)
    {
        fixed (byte* start = cell)
        {
            var state = (ExecutionState*)start;
            state->Owner = processor->Owner;
            state->Frames = processor->Frames;
            *(ulong*)(start + Arm64Runner.ResultAt) = Engines.Interpreted.LoadProgram("random", code).Interpreter.Run(state);
        }
    }

    private static void Check(int seed, Code code, ReadOnlySpan<byte> interpreted, ReadOnlySpan<byte> emulated, bool comparesFrames)
    {
        string expected = Describe(interpreted, comparesFrames), actual = Describe(emulated, comparesFrames);
        Assert.True(expected == actual, $"seed {seed}:\n{actual}\ninstead of\n{expected}\n{Disassembler.Format(code)}");
    }

    private static string Describe(ReadOnlySpan<byte> cell, bool withFrames)
    {
        ExecutionState state = MemoryMarshal.Read<ExecutionState>(cell);
        string end = state.Fault == FaultKind.None
            ? $"r0 {MemoryMarshal.Read<ulong>(cell[Arm64Runner.ResultAt..]):x}"
            : $"{state.Fault} at {state.FaultSlot}, 0x{(state.Fault is FaultKind.BadAccess or FaultKind.Misaligned ? state.FaultAddress : 0):x}, registers {Convert.ToHexString(cell[..88])}";
        ReadOnlySpan<byte> memory = withFrames ? cell[Arm64Runner.ContextAt..] : cell.Slice(Arm64Runner.ContextAt, Arm64Runner.ContextSize);
        return $"{end}, budget {(state.Budget < 0 ? -1 : state.Budget)}, memory {Convert.ToHexString(memory)}";
    }

    private static ExecutableProgram Validate(Code code)
    {
        Assert.True(ProgramValidator.TryValidate("random", code, ImmutableDictionary<int, MachineHelper>.Empty, ImmutableDictionary<int, string>.Empty, out ExecutableProgram? program, out _));
        return program;
    }

    // MAP_PRIVATE, MAP_ANONYMOUS and MAP_FIXED_NOREPLACE.
    private const int MapFixed = 0x10_0022;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
